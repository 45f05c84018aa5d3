import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../src/model/inventory.ts';
import type { Transports } from '../../src/transports/contract.ts';
import type { FilePlace, FileTail } from '../../src/transports/contract-files.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { faultOfCall, here, within } from '../support/calls.ts';
import { describeSshd } from '../support/describe-sshd.ts';

/** Follows a file in the same way wherever it lies. */
function followsFiles(hostOf: () => Host): void {
  let folder: string;
  let path: string;
  let transports: Transports;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-tail-'));
    path = join(folder, "a 'log'; $(id)");
    transports = createLiveTransports();
  });
  afterEach(async () => {
    await transports.close();
    await rm(folder, { recursive: true });
  });

  const tail = (after: FilePlace | null = null, maxBytes = 1000): Promise<FileTail> =>
    transports.tailFile({ on: hostOf(), path, after, maxBytes }, within(10_000));

  it('brings the end of a file, and then what was written since', async () => {
    await writeFile(path, 'ü one\ntwo\n');
    const first = await tail();
    expect(first).toMatchObject({ text: 'ü one\ntwo\n', skippedBytes: 0, wasReplaced: false });
    expect((await tail(first.place)).text).toBe('');
    await appendFile(path, 'three\nfo');
    const second = await tail(first.place);
    expect(second.text).toBe('three\nfo');
    await appendFile(path, 'ur\n');
    expect((await tail(second.place)).text).toBe('ur\n');
  });

  it('brings only the newest of what is too much, and counts the rest', async () => {
    await writeFile(path, 'x'.repeat(5000));
    expect(await tail()).toMatchObject({ text: 'x'.repeat(1000), skippedBytes: 4000 });
    const { place } = await tail();
    await appendFile(path, 'y'.repeat(3000));
    expect(await tail(place)).toMatchObject({ text: 'y'.repeat(1000), skippedBytes: 2000 });
  });

  it('begins anew with a file that was rotated, and with one that was cut', async () => {
    await writeFile(path, 'old\n');
    const { place } = await tail();
    await rename(path, `${path}.1`);
    await writeFile(path, 'new and longer\n');
    const rotated = await tail(place);
    expect(rotated).toMatchObject({ text: 'new and longer\n', wasReplaced: true });
    await truncate(path, 0);
    await appendFile(path, 'cut\n');
    expect(await tail(rotated.place)).toMatchObject({ text: 'cut\n', wasReplaced: true });
  });

  it('begins anew with one that was cut and has grown past its place, or just to it', async () => {
    await writeFile(path, 'an old line\n'.repeat(50));
    const { place } = await tail();
    const more = 'a new line, longer\n'.repeat(60);
    await truncate(path, 0);
    await appendFile(path, more);
    const grown = await tail(place, 10_000);
    expect(grown).toMatchObject({ text: more, skippedBytes: 0, wasReplaced: true });
    const other = 'A NEW LINE, LONGER\n'.repeat(60);
    await writeFile(path, other);
    const same = await tail(grown.place, 10_000);
    expect(same).toMatchObject({ text: other, wasReplaced: true });
    expect(await tail(same.place, 10_000)).toMatchObject({ text: '', wasReplaced: false });
  });

  it('reads 3 GB at their end', async () => {
    await writeFile(path, '');
    await truncate(path, 3 * 1024 ** 3);
    await appendFile(path, 'the end\n');
    const { text, place } = await tail(null, 8);
    expect(text).toBe('the end\n');
    expect(place.offset).toBe(3 * 1024 ** 3 + 8);
  });

  it('says of what is not there and of a pipe that there is nothing to be read', async () => {
    expect(await faultOfCall(tail())).toMatchObject({ code: 'not-found' });
    execFileSync('mkfifo', [path]);
    expect(await faultOfCall(tail())).toMatchObject({ code: 'not-found' });
  });
}

describe('a log of this machine', () => {
  followsFiles(() => here);
});

describeSshd('a log behind ssh', (ground) => {
  followsFiles(() => ground.server.host());
});
