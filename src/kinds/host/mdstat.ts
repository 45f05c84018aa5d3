/** One array of Linux' software RAID. */
export interface MdArray {
  readonly name: string;
  /** `active`; `inactive` and `broken` give no data; a word of a newer kernel is kept as it is. */
  readonly state: string;
  readonly level: string | null;
  /** How many disks it is made for and how many of them work; null for a level without spare room. */
  readonly wanted: number | null;
  readonly working: number | null;
  /** Disks that were thrown out: `(F)`. */
  readonly failed: readonly string[];
  /** `recovery`, `resync`, `reshape`, `check`; also while it waits for its turn. */
  readonly busy: string | null;
}

/**
 * /proc/mdstat as md_seq_show of the kernel's drivers/md/md.c writes it: a line for each array, and
 * lines about it that begin with blanks. Null for what does not begin as that file does.
 */
export function parseMdstat(text: string): readonly MdArray[] | null {
  if (!text.startsWith('Personalities :')) return null;
  const blocks = text.split(/^(?=\S)/m).filter((block) => /^md\S* : /.test(block));
  return blocks.map(parseArray);
}

function parseArray(block: string): MdArray {
  const [, name = '', state = '', rest = ''] = /^(\S+) : (\S+) ?(.*)/.exec(block) ?? [];
  const words = rest.split(' ').filter((word) => word !== '' && !word.startsWith('('));
  const members = words.filter((word) => /\[\d+\]/.test(word));
  const level = words.find((word) => !members.includes(word)) ?? null;
  const counted = /\[(\d+)\/(\d+)\] \[[U_]+\]/.exec(block);
  return {
    name,
    state,
    level,
    wanted: counted ? Number(counted[1]) : null,
    working: counted ? Number(counted[2]) : null,
    failed: members.filter((word) => word.includes('(F)')).map((word) => word.split('[')[0] ?? ''),
    busy: /\b(recovery|resync|reshape|check|recover) *=/.exec(block)?.[1] ?? null,
  };
}

/** What is wrong with an array, in words without a number that moves by itself; null when it is well. */
export function arrayTrouble({
  name,
  state,
  wanted,
  working,
  failed,
  busy,
}: MdArray): string | null {
  if (state !== 'active') return `array ${name} is ${state}: its data is not there`;
  const missing = wanted !== null && working !== null ? wanted - working : 0;
  const told = [
    ...(missing > 0 ? [`lacks ${missing} of ${wanted} disks`] : []),
    ...failed.map((disk) => `${disk} has failed`),
    ...(busy !== null && !harmless.has(busy) ? [`${busy} in progress`] : []),
  ];
  return told.length === 0 ? null : `array ${name}: ${told.join(', ')}`;
}

/** What an array does of its own accord while every disk works; null when it rests. */
export function arrayWork({ name, busy }: MdArray): string | null {
  return busy !== null && harmless.has(busy) ? `array ${name}: ${busy} in progress` : null;
}

/** The data is as safe as ever meanwhile. */
const harmless: ReadonlySet<string> = new Set(['check', 'reshape']);
