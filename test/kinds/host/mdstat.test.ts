import { describe, expect, it } from 'vitest';
import { arrayTrouble, arrayWork, parseMdstat } from '../../../src/kinds/host/mdstat.ts';

const file = (...blocks: readonly string[]): string =>
  [
    'Personalities : [raid1] [raid6] [raid5] [raid4] [linear]',
    ...blocks,
    'unused devices: <none>',
    '',
  ].join('\n');

const raid5 = (members: string, counted: string, more = ''): string =>
  `md1 : active raid5 ${members}\n      68345053184 blocks super 1.2 level 5, 64k chunk, algorithm 2 ${counted}\n${more}      bitmap: 0/73 pages [0KB], 65536KB chunk\n`;

const whole = 'sda4[0] sdh4[7] sdg4[6] sdf4[5] sde4[4] sdd4[3] sdc4[2] sdb4[1]';
const progress = (work: string): string =>
  `      [==>..................]  ${work} = 12.6% (37043392/292945152) finish=127.5min speed=33440K/sec\n`;

describe('the arrays of /proc/mdstat', () => {
  it.each<[string, string, string | null]>([
    ['eight of eight', raid5(whole, '[8/8] [UUUUUUUU]'), null],
    ['one missing', raid5(whole, '[8/7] [UUUUUUU_]'), 'array md1: lacks 1 of 8 disks'],
    [
      'one thrown out',
      raid5(whole.replace('sdb4[1]', 'sdb4[1](F)'), '[8/7] [U_UUUUUU]'),
      'array md1: lacks 1 of 8 disks, sdb4 has failed',
    ],
    [
      'one being rebuilt',
      raid5(whole, '[8/7] [UUUUUUU_]', progress('recovery')),
      'array md1: lacks 1 of 8 disks, recovery in progress',
    ],
    ['all of it compared anew', raid5(whole, '[8/8] [UUUUUUUU]', progress('check')), null],
    [
      'resynchronised after a crash',
      raid5(whole, '[8/8] [UUUUUUUU]', progress('resync')),
      'array md1: resync in progress',
    ],
    [
      'waiting for its turn',
      raid5(whole, '[8/8] [UUUUUUUU]', '      \tresync=DELAYED\n'),
      'array md1: resync in progress',
    ],
    [
      'put together by nobody',
      'md1 : inactive sdd[0](S)\n      1465138496 blocks super 1.2\n',
      'array md1 is inactive: its data is not there',
    ],
    [
      'read-only for now',
      'md1 : active (auto-read-only) raid1 sda1[0] sdb1[1]\n      1000 blocks [2/2] [UU]\n',
      null,
    ],
    ['with a spare', raid5(`${whole} sdi4[8](S)`, '[8/8] [UUUUUUUU]'), null],
    [
      'without redundancy',
      'md1 : active linear sdb1[1] sda1[0]\n      2000 blocks 64k rounding\n',
      null,
    ],
    [
      'in a state of a newer kernel',
      'md1 : broken raid0 sda1[0]\n      2000 blocks\n',
      'array md1 is broken: its data is not there',
    ],
  ])('%s', (_title, block, trouble) => {
    const arrays = parseMdstat(file(block));
    expect(arrays).toHaveLength(1);
    expect(arrays?.map(arrayTrouble)).toEqual([trouble]);
  });

  it('are told while they look through themselves, which is no trouble', () => {
    const arrays = parseMdstat(file(raid5(whole, '[8/8] [UUUUUUUU]', progress('check'))));
    expect(arrays?.map(arrayWork)).toEqual(['array md1: check in progress']);
  });

  it('are each on their own', () => {
    const second =
      'md2 : active raid1 nvme0n1p4[0] nvme1n1p4[1]\n      1933498368 blocks super 1.2 [2/2] [UU]\n';
    const arrays = parseMdstat(file(raid5(whole, '[8/7] [UUUUUUU_]'), second));
    expect(arrays?.map(({ name, working, wanted }) => [name, working, wanted])).toEqual([
      ['md1', 7, 8],
      ['md2', 2, 2],
    ]);
  });

  it('are none where there are none, and null where the file is another', () => {
    expect(parseMdstat(file())).toEqual([]);
    expect(parseMdstat('cat: /proc/mdstat: No such file or directory')).toBe(null);
  });
});
