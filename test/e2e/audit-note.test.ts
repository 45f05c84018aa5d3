import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

let folder: NetworkFolder;
let vault: string;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  vault = join(folder.root, 'Vault');
  await mkdir(vault);
  await inventory(`vault: ${vault}`);
});
afterEach(() => folder.remove());

const inventory = (more: string): Promise<void> =>
  folder.write(`version: 1
name: note
hosts: [{name: here}]
services: [{name: web, host: here, manager: {kind: none}}]
${more}
`);
const cli = (...args: readonly string[]) =>
  runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });

it('audit --write looks into a host, asks nothing, and writes its note', async () => {
  const end = await cli('audit', 'here', '--write', '--json');
  expect(end).toMatchObject({ code: 0, stderr: '' });
  const { ok, result } = JSON.parse(end.stdout);
  const path = join(vault, 'Resources/tools/here.md');
  expect([ok, result.note]).toEqual([true, { path, state: 'written' }]);
  const text = await readFile(path, 'utf8');
  expect(text).toMatch(/^---\ntitle: here\ntype: tool\n/);
  expect(text).toContain(`\naudit_id: "${result.id}"\n`);
  expect(text).toContain('\n<!-- joelclaw:begin audit -->\n## Summary\n');
  const page = await cli('audit', 'here', '--write', '--dry-run', '--plain');
  expect(page.stdout).toMatch(/\nNote .*here\.md: (?:is up to date|would be written)\n$/);
}, 60_000);

it('says what to do where the note cannot be written', async () => {
  await mkdir(join(vault, 'Resources/tools'), { recursive: true });
  const note = join(vault, 'Resources/tools/here.md');
  await writeFile(note, 'mine\n<!-- joelclaw:begin audit -->\n');
  const broken = await cli('audit', 'here', '--write');
  expect(broken.code).toBe(1);
  expect(broken.stdout).toContain('one marker of joelclaw without the other');
  // What was seen of the host is told all the same.
  expect(broken.stdout).toMatch(/^here\b/);
  expect(await readFile(note, 'utf8')).toBe('mine\n<!-- joelclaw:begin audit -->\n');
  await inventory('');
  const none = await cli('audit', 'here', '--write', '--json');
  expect(none.code).toBe(1);
  expect(JSON.parse(none.stdout)).toMatchObject({
    ok: false,
    result: {
      ...{ host: 'here', facts: {} },
      note: {
        ...{ state: 'failed', code: 'NOTE_NOT_WRITTEN' },
        fix: 'vault: ~/Vault, at the top of inventory.yaml',
      },
    },
  });
  const readOnly = await cli('audit', 'here', '--write', '--read-only', '--json');
  expect(readOnly.code).toBe(2);
  expect(JSON.parse(readOnly.stdout)).toMatchObject({ error: { code: 'READ_ONLY' } });
  expect((await cli('audit', 'here', '--read-only')).code).toBe(0);
}, 60_000);

it('config check finds a vault that is no folder, and the inventory one that is no path', async () => {
  await inventory(`vault: ${vault}/none`);
  const missing = await cli('config', 'check');
  expect(missing.code).toBe(78);
  expect(missing.stderr).toMatch(/inventory\.yaml:5:8: vault: .*none is no folder of this machine/);
  await inventory('vault: Vault');
  const wrong = await cli('config', 'check');
  expect(wrong.code).toBe(78);
  expect(wrong.stderr).toContain(
    'inventory.yaml:5:8: vault: is not a path that begins with / or ~/',
  );
}, 60_000);
