import { describe, expect, it } from 'vitest';
import {
  arrayTrouble,
  arrayWork,
  type MdArray,
  parseMdstat,
} from '../../../src/kinds/host/mdstat.ts';

/** An ASUSTOR with eight disks and two NVMe sticks, as /proc/mdstat shows it; md1 as given. */
const nas = (md1: string): string => `Personalities : [raid1] [raid6] [raid5] [raid4]
md2 : active raid1 nvme0n1p4[0] nvme1n1p4[1]
      1948663808 blocks super 1.2 [2/2] [UU]

${md1}
md0 : active raid1 sda2[0] sdh2[7] sdg2[6] sdf2[5] sde2[4] sdd2[3] sdc2[2] sdb2[1]
      2094080 blocks super 1.2 [8/8] [UUUUUUUU]
      bitmap: 0/1 pages [0KB], 65536KB chunk

unused devices: <none>
`;

const members = 'sda4[0] sdh4[7] sdg4[6] sdf4[5] sde4[4] sdd4[3] sdc4[2] sdb4[1]';
const shape = 'super 1.2 level 5, 64k chunk, algorithm 2';

/** [what the table is, /proc/mdstat, what is wrong with it, what it does of its own accord]. */
const table: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'a NAS with all its disks',
    nas(`md1 : active raid5 ${members}\n      68300144640 blocks ${shape} [8/8] [UUUUUUUU]\n`),
    [],
    [],
  ],
  [
    'one whose eighth disk was pulled out',
    nas(`md1 : active raid5 ${members}\n      68300144640 blocks ${shape} [8/7] [UUUUUUU_]\n`),
    ['array md1: lacks 1 of 8 disks'],
    [],
  ],
  [
    'one that threw a disk out',
    nas(
      `md1 : active raid5 sda4[0] sdh4[7](F) sdg4[6] sdf4[5] sde4[4] sdd4[3] sdc4[2] sdb4[1]\n      68300144640 blocks ${shape} [8/7] [UUUUUUU_]\n`,
    ),
    ['array md1: lacks 1 of 8 disks, sdh4 has failed'],
    [],
  ],
  [
    'one that rebuilds onto a new disk',
    nas(
      `md1 : active raid5 sdh4[8] ${members}\n      68300144640 blocks ${shape} [8/7] [UUUUUUU_]\n      [==>..................]  recovery = 12.6% (1230430464/9757163520) finish=1127.5min speed=126040K/sec\n`,
    ),
    ['array md1: lacks 1 of 8 disks, recovery in progress'],
    [],
  ],
  [
    'one that resyncs after a power cut',
    nas(
      `md1 : active raid5 ${members}\n      68300144640 blocks ${shape} [8/8] [UUUUUUUU]\n      [>....................]  resync =  0.4% (42927360/9757163520) finish=812.2min speed=199333K/sec\n`,
    ),
    ['array md1: resync in progress'],
    [],
  ],
  [
    'one whose resync waits for another array',
    nas(
      `md1 : active raid5 ${members}\n      68300144640 blocks ${shape} [8/8] [UUUUUUUU]\n      \tresync=DELAYED\n`,
    ),
    ['array md1: resync in progress'],
    [],
  ],
  [
    'one that is scrubbed, as each month',
    nas(
      `md1 : active raid5 ${members}\n      68300144640 blocks ${shape} [8/8] [UUUUUUUU]\n      [=======>.............]  check = 38.1% (3722019840/9757163520) finish=530.0min speed=189759K/sec\n`,
    ),
    [],
    ['array md1: check in progress'],
  ],
  [
    'one that grows',
    nas(
      `md1 : active raid5 ${members}\n      68300144640 blocks ${shape} [8/8] [UUUUUUUU]\n      [>....................]  reshape =  1.0% (97571840/9757163520) finish=3211.5min speed=50123K/sec\n`,
    ),
    [],
    ['array md1: reshape in progress'],
  ],
  [
    'an array that does not start',
    `Personalities : [raid1]
md127 : inactive sdb1[0](S)
      976630464 blocks super 1.2

unused devices: <none>
`,
    ['array md127 is inactive: its data is not there'],
    [],
  ],
  [
    'an array that lost too much',
    'Personalities : [raid0]\nmd0 : broken raid0 sda1[0] sdb1[1]\n      1953260544 blocks super 1.2 512k chunks\n\nunused devices: <none>\n',
    ['array md0 is broken: its data is not there'],
    [],
  ],
  [
    'a fresh array that nobody has written to, with a spare',
    'Personalities : [raid1] [raid10]\nmd3 : active (auto-read-only) raid10 sdd1[4](S) sda1[0] sdb1[1] sdc1[2] sde1[3](W)\n      1953260544 blocks super 1.2 512K chunks 2 near-copies [4/4] [UUUU]\n\nunused devices: <none>\n',
    [],
    [],
  ],
  ['a kernel with the module and no array', 'Personalities : \nunused devices: <none>\n', [], []],
];

describe('/proc/mdstat', () => {
  it.each(table)('of %s', (_title, text, troubles, work) => {
    const arrays = parseMdstat(text) ?? [];
    const words = (of: (array: MdArray) => string | null) =>
      arrays.map(of).filter((one) => one !== null);
    expect(words(arrayTrouble)).toEqual(troubles);
    expect(words(arrayWork)).toEqual(work);
  });

  it('names level, disks and what is failed', () => {
    const [, md1] = parseMdstat(table[2]?.[1] ?? '') ?? [];
    expect(md1).toEqual({
      name: 'md1',
      state: 'active',
      level: 'raid5',
      wanted: 8,
      working: 7,
      failed: ['sdh4'],
      busy: null,
    });
    const [spare] = parseMdstat(table[10]?.[1] ?? '') ?? [];
    expect(spare).toMatchObject({ name: 'md3', level: 'raid10', wanted: 4, working: 4 });
  });

  it('holds no moving percent in its words', () => {
    const at = (percent: string) =>
      parseMdstat((table[3]?.[1] ?? '').replace('12.6%', percent))?.map(arrayTrouble);
    expect(at('12.6%')).toEqual(at('99.1%'));
  });

  it.each(['', 'hello\n', '<html>', '\0\0'])('is not understood in %j', (text) => {
    expect(parseMdstat(text)).toBeNull();
  });
});
