import type { Command } from './context.ts';
import type { EndCode } from './exits.ts';

/** A command of the command line. */
export interface Verb {
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly summary: string;
  /** How many words may follow the name. */
  readonly words: number;
  /** Whether it asks a network, so that `--lab` can stand in for the real one. */
  readonly onNetwork: boolean;
  readonly example: string;
  /** The exit codes of its own; every command may end with `exitsOfAll` too. */
  readonly exits: readonly EndCode[];
  readonly load: () => Promise<Command>;
}

/** Every verb; each is loaded only when it is asked for. */
export const verbs: readonly Verb[] = [
  {
    name: 'status',
    usage: '[ID…]',
    summary: 'one sample of everything, or of some hosts and services, as a page',
    words: Number.POSITIVE_INFINITY,
    onNetwork: true,
    example: 'joelclaw status panda --json',
    exits: [0],
    load: async () => (await import('./on-network.ts')).status,
  },
  {
    name: 'nodes',
    usage: '',
    summary: 'the hosts with memory and disks',
    words: 0,
    onNetwork: true,
    example: 'joelclaw nodes --json',
    exits: [0],
    load: async () => (await import('./on-network.ts')).nodes,
  },
  {
    name: 'services',
    usage: '',
    summary: 'the services, worst first',
    words: 0,
    onNetwork: true,
    example: 'joelclaw services --exit-code',
    exits: [0],
    load: async () => (await import('./on-network.ts')).services,
  },
  {
    name: 'functions',
    usage: '[accept]',
    summary: 'the functions of the Inngest servers; `accept` expects what is registered now',
    words: 1,
    onNetwork: true,
    example: 'joelclaw functions --json',
    exits: [0, 1],
    load: async () => (await import('./on-network.ts')).functions,
  },
  {
    name: 'drift',
    usage: '',
    summary: 'the managed files that the inventory declares',
    words: 0,
    onNetwork: true,
    example: 'joelclaw drift --json',
    exits: [0],
    load: async () => (await import('./on-network.ts')).drift,
  },
  {
    name: 'restart',
    usage: 'ID…',
    summary: 'restarts services: a plan, a yes, the steps, and the proof that they are well',
    words: Number.POSITIVE_INFINITY,
    onNetwork: true,
    example: 'joelclaw restart panda/worker --dry-run',
    exits: [0, 1, 2, 5],
    load: async () => (await import('./restart.ts')).restart,
  },
  {
    name: 'logs',
    usage: 'ID…',
    summary: 'the last lines of services, and the runs of functions, by time; -f follows them',
    words: Number.POSITIVE_INFINITY,
    onNetwork: true,
    example: 'joelclaw logs panda/worker video-download -f --since 10m',
    exits: [0, 1],
    load: async () => (await import('./logs.ts')).logs,
  },
  {
    name: 'history',
    usage: '--actions',
    summary: 'what was done to this network, by whom, and how it ended',
    words: 0,
    onNetwork: true,
    example: 'joelclaw history --actions -n 20',
    exits: [0, 1],
    load: async () => (await import('./history.ts')).history,
  },
  {
    name: 'lab',
    usage: '[SCENARIO]',
    summary: 'the same over a simulated network; `lab list` names the scenarios',
    words: 1,
    onNetwork: false,
    example: 'joelclaw lab worker-crash-loop',
    exits: [0],
    load: async () => (await import('./on-network.ts')).lab,
  },
  {
    name: 'doctor',
    usage: '',
    summary: 'which tools, keys, contexts and sockets are usable, and what to do about the others',
    words: 0,
    onNetwork: true,
    example: 'joelclaw doctor --exit-code',
    exits: [0],
    load: async () => (await import('./on-machine.ts')).doctor,
  },
  {
    name: 'init',
    usage: '',
    summary: 'writes a commented inventory.yaml of what this machine has; never over another',
    words: 0,
    onNetwork: false,
    example: 'joelclaw init --dry-run',
    exits: [0, 1],
    load: async () => (await import('./on-machine.ts')).init,
  },
  {
    name: 'config',
    usage: 'check',
    summary: 'every fault of inventory.yaml with its line, before anything runs',
    words: 1,
    onNetwork: false,
    example: 'joelclaw config check --json',
    exits: [0],
    load: async () => (await import('./on-network.ts')).config,
  },
  {
    name: 'schema',
    usage: '',
    summary: 'the JSON Schema of inventory.yaml',
    words: 0,
    onNetwork: false,
    example: 'joelclaw schema > inventory.schema.json',
    exits: [0],
    load: async () => (await import('./on-network.ts')).schema,
  },
  {
    name: 'trust',
    usage: '',
    summary: "let this root's `command` checks run although it was found by looking around",
    words: 0,
    onNetwork: false,
    example: 'joelclaw trust --root .',
    exits: [0, 1],
    load: async () => (await import('./on-network.ts')).trust,
  },
];
