import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storedText } from '../../../src/audit/compare/stored-audit.ts';
import { audit } from '../../../src/kinds/audit/index.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { reportOf } from '../../audit/report.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'joelclaw-drift-')), 'box');
  await mkdir(folder);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const transports = createLiveTransports();
const options = { timeoutMs: 10_000, signal: new AbortController().signal };
const seen = async () => {
  const ground = { transports, options } as unknown as Parameters<typeof audit.observe>[1];
  return ((await audit.observe({ folder }, ground)) as { drift: unknown }).drift;
};

it('says what to do about an audit that cannot be read, and nothing of a host that has none', async () => {
  expect(await seen()).toBeNull();
  const { id } = reportOf();
  await writeFile(join(folder, 'newest'), `${id}\n`);
  const unknown = (what: string) => ({
    verdict: 'unknown',
    note: expect.stringMatching(new RegExp(`^${what}: joelclaw audit box$`)),
  });
  expect(await seen()).toMatchObject(unknown('the newest audit: .* is gone'));
  await writeFile(join(folder, `${id}.json`), '{}');
  expect(await seen()).toMatchObject(unknown('the newest audit: .* is damaged, or of .*'));
  await writeFile(join(folder, `${id}.json`), storedText(reportOf()));
  expect(await seen()).toMatchObject({ verdict: 'unmanaged' });
  await writeFile(join(folder, 'accepted'), '20200101T000000Z-aaaa\n');
  expect(await seen()).toMatchObject(unknown('the accepted audit: .* is gone'));
  await writeFile(join(folder, 'newest'), 'no id');
  expect(await seen()).toMatchObject(unknown('which audit is the newest cannot be read'));
});
