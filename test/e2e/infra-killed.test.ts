import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKillAt } from '../support/kill-at.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';

const old = { text: '#!/bin/sh\nexec sleep 1\n', mode: 0o700 };
const next = { text: '#!/bin/sh\nexec sleep 2\n', mode: 0o755 };

interface Place {
  readonly folder: NetworkFolder;
  readonly live: string;
  readonly killer: string;
  cli(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliEnd>;
}

/** One file to be changed and one to be made, with a record of what was applied before. */
async function makePlace(): Promise<Place> {
  const folder = await makeNetworkFolder('');
  const top = join(folder.state, '..');
  const live = join(top, 'live');
  const killer = join(top, 'kill-at.mjs');
  await writeKillAt(killer);
  await mkdir(join(folder.root, 'infra'));
  await mkdir(live);
  await writeFile(join(folder.root, 'infra/one'), old.text);
  await writeFile(join(live, 'one'), old.text);
  await chmod(join(live, 'one'), old.mode);
  const entry = (name: string, mode: string): string =>
    `  - {source: infra/${name}, kind: file, host: here, destination: ${live}/, mode: "${mode}", service: here/web}\n`;
  const write = (files: string): Promise<void> =>
    folder.write(`version: 1
name: killed
hosts: [{name: here}]
services: [{name: web, host: here, manager: {kind: none}}]
files:
${files}`);
  const cli = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runCli(['infra', ...args, '--root', folder.root], {
      env: { JOELCLAW_STATE: folder.state, ...env },
    });
  await write(entry('one', '0700'));
  await cli(['apply', '--yes']);
  await writeFile(join(folder.root, 'infra/one'), next.text);
  await writeFile(join(folder.root, 'infra/two'), next.text);
  await write(entry('one', '0755') + entry('two', '0755'));
  return { folder, live, killer, cli };
}

/** `old`, `new` or `none`; anything else is half of one. */
async function standing(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return 'none';
  const mode = (await stat(path)).mode & 0o7777;
  if (text === old.text && mode === old.mode) return 'old';
  return text === next.text && mode === next.mode ? 'new' : `half: ${text.length} bytes, ${mode}`;
}

/** Kills an apply, or a rollback, at one step; whether it was killed at all. */
async function killedAt(
  place: Place,
  step: number,
  verb: 'apply' | 'rollback' = 'apply',
): Promise<boolean> {
  const { cli, killer, folder } = place;
  const end = await cli([verb, '--yes'], {
    ...{ NODE_OPTIONS: `--import=${killer}`, KILL_AT: `${step}` },
    KILL_BELOW: join(folder.state, '..'),
  });
  return end.signal === 'SIGKILL' || end.code === 137;
}

/** The last apply, where its journal has no end. */
async function unfinishedIn(state: string) {
  const [network = ''] = await readdir(state);
  const applies = join(state, network, 'applies');
  const names = await readdir(applies).catch((): string[] => []);
  const id = names.toSorted().at(-1) ?? '';
  const journal = await readFile(join(applies, id, 'journal.ndjson'), 'utf8').catch(() => '');
  if (!journal.includes('"begin"') || journal.includes('"end"')) return null;
  return { id };
}

async function checkAfter({ cli, live, folder }: Place, isRolledBack: boolean): Promise<void> {
  const [one, two] = [join(live, 'one'), join(live, 'two')];
  expect(await standing(one)).toMatch(/^(?:old|new)$/);
  expect(await standing(two)).toMatch(/^(?:none|new)$/);
  const left = isRolledBack ? await unfinishedIn(folder.state) : null;
  if (left !== null) {
    const { code, stderr } = await cli(['rollback', left.id, '--yes']);
    expect([code, stderr]).toEqual([0, expect.anything()]);
    expect([await standing(one), await standing(two)]).toEqual(['old', 'none']);
  }
  const { code, stderr, stdout } = await cli(['apply', '--yes', '--json']);
  expect([code, stderr]).toEqual([0, expect.anything()]);
  expect([await standing(one), await standing(two)]).toEqual(['new', 'new']);
  const marks = JSON.parse(stdout).result.items.map(
    ({ verdict, reloadNeeded }: { verdict: string; reloadNeeded: boolean }) =>
      `${verdict} ${reloadNeeded}`,
  );
  // What was written by the killed one has not been read by what runs either.
  expect(marks).toEqual(['in-sync true', 'in-sync true']);
  expect((await readdir(live)).filter((name) => !name.endsWith('.tmp'))).toEqual(['one', 'two']);
}

/** Kills one at a step and mends what it has left; whether there is such a step. */
async function oneStep(step: number, isRolledBack: boolean): Promise<boolean> {
  const place = await makePlace();
  try {
    const isKilled = await killedAt(place, step);
    if (isKilled) await checkAfter(place, isRolledBack);
    return isKilled;
  } catch (error) {
    throw new Error(`killed at step ${step}`, { cause: error });
  } finally {
    await place.folder.remove();
  }
}

const atOnce = 4;

/** What stands before a step is what stands after the one before it: each step is killed once. */
it('an apply that is killed after any step leaves old or new, and is resumed or rolled back', async () => {
  for (let step = 1; ; step += atOnce) {
    const steps = Array.from({ length: atOnce }, (_, index) => step + index);
    const killed = await Promise.all(steps.map((one) => oneStep(one, one % 2 === 0)));
    if (killed.every((one) => one)) continue;
    expect(step).toBeGreaterThan(40);
    break;
  }
}, 600_000);

/** Kills a rollback at a step, and asks for it again; whether there is such a step. */
async function oneRollback(step: number): Promise<boolean> {
  const place = await makePlace();
  const { cli, live } = place;
  const [one, two] = [join(live, 'one'), join(live, 'two')];
  try {
    await cli(['apply', '--yes']);
    const isKilled = await killedAt(place, step, 'rollback');
    expect(await standing(one)).toMatch(/^(?:old|new)$/);
    expect(await standing(two)).toMatch(/^(?:none|new)$/);
    if (isKilled) {
      const { code, stderr } = await cli(['rollback', '--yes']);
      const isAllBack = /nothing to take back|no apply to take back/.test(stderr);
      expect([code, stderr]).toEqual([isAllBack ? expect.anything() : 0, expect.anything()]);
    }
    expect([await standing(one), await standing(two)]).toEqual(['old', 'none']);
    return isKilled;
  } catch (error) {
    throw new Error(`killed at step ${step}`, { cause: error });
  } finally {
    await place.folder.remove();
  }
}

it('a rollback that is killed at any step leaves old or new, and is finished by the next', async () => {
  for (let step = 1; ; step += atOnce) {
    const steps = Array.from({ length: atOnce }, (_, index) => step + index);
    const killed = await Promise.all(steps.map((one) => oneRollback(one)));
    if (killed.every((one) => one)) continue;
    expect(step).toBeGreaterThan(20);
    break;
  }
}, 600_000);
