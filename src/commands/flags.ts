import { runVerbs, unitVerbs } from '../model/verb.ts';
import { auditFlags } from './audit-flags.ts';

interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What follows its name in the help. */
  readonly usage: string;
  readonly summary: string;
  /** What it says to a verb that acts, where that is something else. */
  readonly ofActions?: string;
  /** The values that it takes, where these are words of ours. */
  readonly values?: readonly string[];
  /** The verbs that it says something to, '' being the bare command; all of them where it is left out. */
  readonly only?: readonly string[];
}

const tabs = ['status', 'nodes', 'services', 'functions', 'drift'];
const acting = [...unitVerbs, ...runVerbs];
const samples = ['', 'lab', ...tabs];

/** Every flag, once: the command line is read by it and the help is made of it. */
export const flags = {
  headless: {
    type: 'boolean',
    usage: '',
    summary: 'one sample without the cockpit',
    only: samples,
  },
  json: { type: 'boolean', usage: '', summary: 'one JSON object on stdout, and nothing else' },
  watch: {
    type: 'boolean',
    usage: '',
    summary: 'with --headless: one JSON line per change, until ctrl-c',
  },
  root: {
    type: 'string',
    usage: ' DIR',
    summary:
      'the folder of inventory.yaml (else $JOELCLAW_ROOT, here and above, ~/.config/joelclaw)',
  },
  timeout: {
    type: 'string',
    usage: ' 20s',
    summary: 'the deadline of a sample; what has not answered is unknown (30s)',
    ofActions: 'how long the proof may take; a step that has begun is finished',
  },
  'exit-code': {
    type: 'boolean',
    usage: '',
    summary:
      '0 up, 1 degraded or unknown, 2 down (else 0 whenever the sample was taken); doctor: 1 if anything is missing',
    only: [...samples, 'doctor'],
  },
  lab: { type: 'string', usage: '[=SCENARIO]', summary: 'any verb over a simulated network' },
  plain: {
    type: 'boolean',
    usage: '',
    summary: 'no colour and no full screen; on a terminal a page, then a line per change',
  },
  'no-color': { type: 'boolean', usage: '', summary: 'the same as NO_COLOR=1' },
  theme: {
    type: 'string',
    usage: ' NAME',
    summary: 'of the cockpit: terminal, dark, light, colour-blind, mono (else $JOELCLAW_THEME)',
    values: ['terminal', 'dark', 'light', 'colour-blind', 'mono'],
  },
  clock: { type: 'boolean', usage: '', summary: 'the time in the header of the cockpit' },
  help: { type: 'boolean', short: 'h', usage: '', summary: 'this page' },
  version: { type: 'boolean', short: 'V', usage: '', summary: 'the version' },
  fresh: {
    type: 'boolean',
    usage: '',
    summary: 'ask every host now, also where a running cockpit could answer',
    only: [...samples, ...acting, 'actions', 'logs', 'doctor'],
  },
  'dry-run': {
    type: 'boolean',
    usage: '',
    summary: 'tell what would be done, and change nothing',
  },
  yes: {
    type: 'boolean',
    short: 'y',
    usage: '',
    summary: 'with restart, the other actions, infra apply and audit accept: do not ask',
    only: [...acting, 'infra', 'audit'],
  },
  force: {
    type: 'boolean',
    usage: '',
    summary: 'with restart and the like: also during the cool-down, and while runs are in flight',
    only: [...acting, 'infra'],
  },
  only: {
    type: 'string',
    usage: ' ID',
    summary: 'with infra: one managed file',
    only: ['infra'],
  },
  out: {
    type: 'string',
    usage: ' FILE',
    summary: 'with infra plan: keeps it, for infra apply FILE within a day',
    only: ['infra'],
  },
  'overwrite-drift': {
    type: 'boolean',
    usage: '',
    summary: 'with infra plan and apply: also over what hands have changed',
    only: ['infra'],
  },
  prune: {
    type: 'boolean',
    usage: '',
    summary: 'with infra plan and apply: take away what the inventory no longer names',
    only: ['infra'],
  },
  'no-restart': {
    type: 'boolean',
    usage: '',
    summary: 'with infra apply: write the files, and restart nothing',
    only: ['infra'],
  },
  'detailed-exitcode': {
    type: 'boolean',
    usage: '',
    summary: 'with infra plan and diff: 2 if anything would change',
    only: ['infra'],
  },
  data: {
    type: 'string',
    usage: ' JSON',
    summary: 'with send-event: what the event is sent with ({})',
    only: ['send-event'],
  },
  ...auditFlags,
  follow: {
    type: 'boolean',
    short: 'f',
    usage: '',
    summary: 'with logs: what comes, too',
    only: ['logs'],
  },
  lines: {
    type: 'string',
    short: 'n',
    usage: ' N',
    summary: 'with logs and history: how many (50)',
    only: ['logs', 'history'],
  },
  since: {
    type: 'string',
    usage: ' 10m',
    summary: 'with logs: not what is older',
    only: ['logs'],
  },
  grep: {
    type: 'string',
    usage: ' RE',
    summary: 'with logs: the last lines that match; without capitals in any case',
    only: ['logs'],
  },
  actions: {
    type: 'boolean',
    usage: '',
    summary: 'with history: what was done, and by whom',
    only: ['history'],
  },
  'read-only': { type: 'boolean', usage: '', summary: 'no action can run' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flags;
