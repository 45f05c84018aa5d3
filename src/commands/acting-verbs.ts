import { type Verb as Deed, isRunVerb } from '../model/verb.ts';
import { objectWords } from './acting/wish-of.ts';
import type { Verb } from './verb.ts';

const words: Readonly<Record<Deed, Pick<Verb, 'summary' | 'example'>>> = {
  restart: {
    summary: 'restarts services: a plan, a yes, the steps, and the proof that they are well',
    example: 'joelclaw restart panda/worker --dry-run',
  },
  start: {
    summary: 'starts what does not run; what runs is left as it is',
    example: 'joelclaw start panda/vault-log-sync',
  },
  stop: {
    summary: 'stops services until they are started again, by their manager too',
    example: 'joelclaw stop panda/worker --dry-run',
  },
  reload: {
    summary: 'has units of systemd read their configuration anew, where they can',
    example: 'joelclaw reload clanker-001/web',
  },
  'reset-failed': {
    summary: 'has systemd forget that units have failed',
    example: 'joelclaw reset-failed clanker-001/web',
  },
  enable: {
    summary: 'lets units be started at boot or login',
    example: 'joelclaw enable clanker-001/web',
  },
  disable: {
    summary: 'keeps units from being started at boot or login; what runs goes on',
    example: 'joelclaw disable clanker-001/web',
  },
  'delete-pod': {
    summary: 'deletes one pod of a workload, so that its controller makes another',
    example: 'joelclaw delete-pod panda/redis redis-0',
  },
  'send-event': {
    summary: 'sends an Inngest event that starts a function; --data is what it is sent with',
    example: `joelclaw send-event video-download --data '{"url":"https://example.org"}'`,
  },
  rerun: {
    summary: 'runs a function again with the input of its last run',
    example: 'joelclaw rerun video-download',
  },
  'cancel-run': {
    summary: 'cancels a run of a function that goes on or waits',
    example: 'joelclaw cancel-run video-download',
  },
  register: {
    summary: 'has a worker tell its Inngest server anew which functions it serves',
    example: 'joelclaw register system-bus',
  },
};

/** What is done to units, and what could be. */
export const actingVerbs: readonly Verb[] = [
  ...(Object.keys(words) as Deed[]).map((verb): Verb => {
    const object = objectWords[verb];
    const id = isRunVerb(verb) ? 'FUNCTION' : 'ID';
    return {
      name: verb,
      usage: object ? `${id} [${object}]` : `${id}…`,
      ...words[verb],
      words: object ? 2 : Number.POSITIVE_INFINITY,
      onNetwork: true,
      exits: [0, 1, 2, 5],
      load: async () => (await import('./act.ts')).acting(verb),
    };
  }),
  {
    name: 'actions',
    usage: 'ID',
    summary: 'what can be done to a service in its state, and what not and why',
    words: 1,
    onNetwork: true,
    example: 'joelclaw actions panda/worker --json',
    exits: [0, 1],
    load: async () => (await import('./actions.ts')).actions,
  },
];
