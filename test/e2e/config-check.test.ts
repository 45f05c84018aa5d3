import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { type CliEnd, runCli } from '../support/run-cli.ts';
import { hasTier } from '../support/tiers.ts';

const shipped = fileURLToPath(new URL('../..', import.meta.url));
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'joelclaw-shipped-'));
  for (const name of ['infra', 'k8s', 'inventory.yaml']) {
    await cp(join(shipped, name), join(root, name), { recursive: true });
  }
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Lines of the inventory, which has others' entries too, are told as N. */
const check = async (...more: readonly string[]): Promise<CliEnd> => {
  const end = await runCli(['config', 'check', '--root', root, ...more]);
  const line = /(?<=inventory\.yaml:)\d+/g;
  return { ...end, stderr: end.stderr.replace(line, 'N'), stdout: end.stdout.replace(line, 'N') };
};
const at = (name: string): string => join(root, name);
const edit = async (name: string, from: string | RegExp, to: string): Promise<void> => {
  const text = await readFile(at(name), 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  await writeFile(at(name), edited);
};
/** The lines of stderr that are faults; warnings begin with the program's name. */
const faultsOf = ({ stderr }: CliEnd): readonly string[] =>
  stderr.split('\n').filter((line) => /^[^ ]+:\d+:\d+: /.test(line));
const warningsOf = ({ stderr }: CliEnd): readonly string[] =>
  stderr.split('\n').flatMap((line) => /^joelclaw: (.*:\d+:\d+: .*)$/.exec(line)?.[1] ?? []);

describe('joelclaw config check over the shipped root', () => {
  it('finds no fault, and tells what only the owner knows', async () => {
    const end = await check();
    expect({ code: end.code, faults: faultsOf(end) }).toEqual({ code: 0, faults: [] });
    expect(end.stdout).toContain(
      'joelclaw is well formed: 3 hosts, 11 services, 25 checks, 14 files',
    );
    const warnings = warningsOf(end).filter((line) => !line.startsWith('infra/caddy/'));
    expect(warnings.length).toBeGreaterThan(5);
    for (const one of warnings) expect(one).toContain('EXAMPLE: ');
  });

  test.each<[string, () => Promise<void>, string]>([
    [
      'a job whose label is not its name',
      () => edit('infra/launchd/com.joel.caddy.plist', '>com.joel.caddy<', '>com.joel.cady<'),
      'infra/launchd/com.joel.caddy.plist:6:2: Label: is not the name of its file, com.joel.caddy.plist, try: com.joel.caddy',
    ],
    [
      'a job in the service of another',
      () =>
        edit(
          'inventory.yaml',
          /(com\.joel\.caddy\.plist\n(?:.*\n){3} +service: )panda\/caddy/,
          '$1panda/worker',
        ),
      'inventory.yaml:N:13: files[1].source: its service is not run by com.joel.caddy, of infra/launchd/com.joel.caddy.plist, try: service: panda/caddy',
    ],
    [
      'a job that others may write',
      () => edit('inventory.yaml', /(com\.joel\.caddy\.plist\n)/, '$1    mode: "0666"\n'),
      'inventory.yaml:N:11: files[1].mode: launchd refuses what others may write, try: "0644"',
    ],
    [
      'a job cut off',
      () => writeFile(at('infra/launchd/com.joel.caddy.plist'), '<plist>\n<dict>\n'),
      'infra/launchd/com.joel.caddy.plist:2:1: unclosed xml tag(s): plist, dict, try: xmllint or plutil -lint shows where',
    ],
    [
      'a binary job',
      () =>
        writeFile(
          at('infra/launchd/com.joel.caddy.plist'),
          Buffer.from('bplist00\xd1\x01', 'latin1'),
        ),
      'infra/launchd/com.joel.caddy.plist:1:1: is a binary plist, try: plutil -convert xml1 writes one as XML',
    ],
    [
      'a job that is a link',
      async () => {
        await rename(at('infra/launchd/com.joel.caddy.plist'), at('caddy.plist'));
        await symlink(at('caddy.plist'), at('infra/launchd/com.joel.caddy.plist'));
      },
      'infra/launchd/com.joel.caddy.plist:1:1: is a link, and launchd ignores links at boot, try: the file itself',
    ],
    [
      'a unit that is misspelt',
      () => edit('infra/systemd/pdf-brain.service', 'Restart=', 'Restrt='),
      'infra/systemd/pdf-brain.service:14:1: Service.Restrt: is not known: systemd passes it over, try: Restart',
    ],
    [
      'a script that no shell reads',
      () => appendFile(at('infra/worker/start.sh'), 'if true; then\n'),
      'infra/worker/start.sh:78:1: Syntax error: end of file unexpected (expecting "fi"), try: sh -n shows it',
    ],
    [
      'a script with the lines of Windows',
      () => edit('infra/worker/start.sh', '#!/bin/sh\n', '#!/bin/sh\r\n'),
      'infra/worker/start.sh:1:10: ends its lines with CR LF, try: LF alone',
    ],
    [
      'a script that nobody may run',
      () => edit('inventory.yaml', '"0755"', '"0644"'),
      'inventory.yaml:N:11: files[5].mode: infra/worker/start.sh is a script that nobody may run, try: mode: "0755"',
    ],
    [
      'settings that others may read',
      () => edit('inventory.yaml', /(worker\.env\.example\n)/, '$1    mode: "0644"\n'),
      'inventory.yaml:N:11: files[6].mode: lets others read its secrets, try: "0600"',
    ],
    [
      'settings with a secret',
      () =>
        edit(
          'infra/env/worker.env.example',
          'INNGEST_EVENT_KEY=',
          'INNGEST_EVENT_KEY=hunter2hunter2',
        ),
      'infra/env/worker.env.example:3:1: INNGEST_EVENT_KEY: has a value, and by its name that is a secret, try: INNGEST_EVENT_KEY=',
    ],
    [
      'a manifest with a field of nobody',
      () => edit('k8s/redis.yaml', 'replicas:', 'replicaz:'),
      'k8s/redis.yaml:23:3: spec.replicaz: is no field of it, try: replicas',
    ],
    [
      'a manifest that is no YAML',
      () => edit('k8s/redis.yaml', 'spec:', 'spec: ]'),
      'k8s/redis.yaml:6:7: Unexpected flow-seq-end token in YAML stream: "]", try: check the indentation and quotes here',
    ],
    [
      'an image of no release',
      () => edit('k8s/qdrant.yaml', 'qdrant/qdrant:v1.17.1', 'qdrant/qdrant'),
      'k8s/qdrant.yaml:39:18: spec.template.spec.containers[0].image: has no tag: each pull may bring another one, try: qdrant/qdrant:1.2.3',
    ],
    [
      'the Service that ends Inngest',
      () => edit('k8s/inngest.yaml', 'name: inngest-svc', 'name: inngest'),
      'k8s/inngest.yaml:5:9: metadata.name: puts INNGEST_PORT into statefulset/inngest, which reads it as a setting of its own, try: another name such as inngest-svc, or enableServiceLinks: false on its pods',
    ],
    [
      'a workload that is not in its file',
      () => edit('inventory.yaml', 'workload: statefulset/redis', 'workload: statefulset/rdis'),
      'inventory.yaml:N:70: files[11].service: k8s/redis.yaml holds no statefulset/rdis, which is what runs panda/redis, try: service/redis, statefulset/redis',
    ],
    [
      'a port of the node that is taken',
      () => edit('k8s/redis.yaml', 'nodePort: 6379', 'nodePort: 3111'),
      'k8s/redis.yaml:14:17: spec.ports[0].nodePort: port 3111 of panda is taken by panda/worker: inventory.yaml:N, try: another port for one of them',
    ],
    [
      'a port of the inventory that is taken',
      () => edit('inventory.yaml', 'port: 6333', 'port: 6379'),
      'inventory.yaml:N:11: services[2].port: port 6379 of panda is taken by panda/qdrant: inventory.yaml:N, try: another port for one of them',
    ],
    [
      'a port of a job that is taken',
      () =>
        edit(
          'infra/launchd/com.joel.vault-log-sync.plist',
          '<key>HOME</key>',
          '<key>PORT</key><string>6379</string><key>HOME</key>',
        ),
      'infra/launchd/com.joel.vault-log-sync.plist:20:18: port 6379 of panda is taken by panda/redis: inventory.yaml:N, try: another port for one of them',
    ],
    [
      'a file that is gone',
      () => rm(at('infra/env/worker.env.example')),
      'inventory.yaml:N:13: files[6].source: there is no infra/env/worker.env.example, try: write it, or remove this entry',
    ],
    [
      'a folder for a file',
      async () => {
        await rm(at('k8s/redis.yaml'));
        await mkdir(at('k8s/redis.yaml'));
      },
      'k8s/redis.yaml:1:1: cannot be read: k8s/redis.yaml is not a file, try: is this the right file?',
    ],
    [
      'a file of 5 MB',
      () => writeFile(at('k8s/redis.yaml'), '# much\n'.repeat(750_000)),
      'k8s/redis.yaml:1:1: cannot be read: k8s/redis.yaml is larger than 1024 KiB, try: is this the right file?',
    ],
    [
      'an empty file',
      () => writeFile(at('infra/caddy/Caddyfile'), '\n'),
      'infra/caddy/Caddyfile:1:1: is empty, try: is this the right file?',
    ],
    [
      'a source outside',
      () => edit('inventory.yaml', 'infra/caddy/Caddyfile', '../Caddyfile'),
      'inventory.yaml:N:13: files[4].source: ../Caddyfile leads out of the folder of the inventory, try: a path below it',
    ],
    [
      'a job that no entry names',
      () => cp(at('infra/launchd/com.joel.caddy.plist'), at('infra/launchd/com.joel.other.plist')),
      'infra/launchd/com.joel.other.plist:1:1: no entry in `files` of the inventory names it: it goes nowhere, try: { source: infra/launchd/com.joel.other.plist, … }, or remove it',
    ],
    [
      'two files for one place',
      () => edit('inventory.yaml', '~/.config/system-bus.env', '~/.local/bin/worker-start'),
      'inventory.yaml:N:18: files[6].destination: infra/worker/start.sh goes to ~/.local/bin/worker-start too, try: another place for one of them',
    ],
    [
      'a job where launchd does not look',
      () =>
        edit(
          'inventory.yaml',
          /(com\.joel\.caddy\.plist\n(?:.*\n){2} +destination: )\S+/,
          '$1~/launchd/',
        ),
      'inventory.yaml:N:18: files[1].destination: launchd does not look there at boot, try: ~/Library/LaunchAgents/',
    ],
    [
      'a unit under another name',
      () =>
        edit(
          'inventory.yaml',
          'destination: /etc/systemd/system/',
          'destination: /etc/systemd/system/pdf.service',
        ),
      'inventory.yaml:N:18: files[7].destination: is not called pdf-brain.service there, try: /etc/systemd/system/',
    ],
    [
      'two jobs of one label',
      () =>
        edit(
          'infra/launchd/com.joel.adr-sync-watcher.plist',
          '>com.joel.adr-sync-watcher<',
          '>com.joel.caddy<',
        ),
      'inventory.yaml:N:13: files[3].source: infra/launchd/com.joel.caddy.plist has the label com.joel.caddy too, try: a label of its own for one of them',
    ],
    [
      'a key in the open',
      () => appendFile(at('infra/worker/start.sh'), '# ghp_0123456789abcdefghij\n'),
      'infra/worker/start.sh:77:3: this has the shape of a secret, try: take it out, and change it: it is in the history of the repo',
    ],
  ])('tells of %s in a line, and ends with 78', async (_what, spoil, expected) => {
    await spoil();
    const end = await check();
    expect(end.stderr).toContain(`\n${expected}\n`.slice(warningsOf(end).length > 0 ? 0 : 1));
    expect(end).toMatchObject({ code: 78, stdout: '' });
    expect(end.stderr).not.toMatch(/hunter2|ghp_|a bug of ours/);
  });

  test.runIf(hasTier('caddy'))('tells what Caddy refuses, by its line', async () => {
    await edit(
      'infra/caddy/Caddyfile',
      'reverse_proxy localhost:8289',
      'revers_proxy localhost:8289',
    );
    const end = await check();
    expect(faultsOf(end)).toEqual([
      'infra/caddy/Caddyfile:22:1: unrecognized directive: revers_proxy, try: caddy adapt shows it',
    ]);
  });

  test.runIf(hasTier('caddy'))('tells of a port that Caddy would take from a service', async () => {
    await edit('infra/caddy/Caddyfile', /:7443/, ':3111');
    expect(faultsOf(await check())).toEqual([
      'infra/caddy/Caddyfile:37:1: port 3111 of panda is taken by panda/worker: inventory.yaml:N, try: another port for one of them',
    ]);
  });

  test.runIf(hasTier('caddy'))('opens no log to try a Caddyfile', async () => {
    const log = at('access.log');
    await edit(
      'infra/caddy/Caddyfile',
      '(panda) {',
      `(panda) {\n\tlog {\n\t\toutput file ${log}\n\t}`,
    );
    const end = await check();
    expect(end.code).toBe(0);
    expect(warningsOf(end).join('\n')).toContain('checked by its syntax alone');
    await expect(readFile(log)).rejects.toThrow('ENOENT');
  });

  it('says what it could not check without Caddy and without a shell', async () => {
    const bin = at('bin');
    await mkdir(bin);
    const { node, env } = { node: process.execPath, env: '/usr/bin/env' };
    await symlink(node, join(bin, 'node'));
    await symlink(env, join(bin, 'env'));
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    const { execFile } = await import('node:child_process');
    const end = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(
        node,
        [cli, 'config', 'check', '--root', root],
        { env: { PATH: bin, HOME: root } },
        (error, _out, stderr) => resolve({ code: error?.code ?? 0, stderr }),
      );
    });
    expect(end.code).toBe(0);
    expect(end.stderr).toContain(
      'infra/caddy/Caddyfile:1:1: could not be checked whole: there is no caddy on this machine, try: install caddy',
    );
    expect(end.stderr).toContain(
      'infra/worker/start.sh:1:1: could not be checked whole: there is no sh on this machine',
    );
  });

  it('leads to the line of the inventory that is meant', async () => {
    await rm(at('infra/env/worker.env.example'));
    const { stdout } = await check('--json');
    const [{ file, line, column }] = JSON.parse(stdout).error.faults;
    const text = await readFile(at(file), 'utf8');
    const row = text.split('\n')[line - 1] ?? '';
    expect(row.slice(column - 1)).toBe('infra/env/worker.env.example');
  });

  it('tells all faults at once, by file and line, in JSON too', async () => {
    await edit('k8s/redis.yaml', 'nodePort: 6379', 'nodePort: 3111');
    await edit('infra/systemd/pdf-brain.service', 'Restart=', 'Restrt=');
    await writeFile(at('infra/notes.txt'), 'x');
    const end = await check('--json');
    expect(end.code).toBe(78);
    const { ok, result, error } = JSON.parse(end.stdout);
    expect({ ok, result, code: error.code }).toEqual({
      ok: false,
      result: null,
      code: 'CONFIG_INVALID',
    });
    expect(error.faults).toEqual([
      {
        file: 'infra/systemd/pdf-brain.service',
        line: 14,
        column: 1,
        path: 'Service.Restrt',
        message: 'is not known: systemd passes it over',
        hint: 'Restart',
      },
      {
        file: 'k8s/redis.yaml',
        line: 14,
        column: 17,
        path: 'spec.ports[0].nodePort',
        message: 'port 3111 of panda is taken by panda/worker: inventory.yaml:N',
        hint: 'another port for one of them',
      },
    ]);
  });

  it('warns of what may be meant, and ends well', async () => {
    await writeFile(at('infra/notes.txt'), 'x');
    await writeFile(at('infra/README.md'), 'x');
    await edit('inventory.yaml', /(kind: env\n(?:.*\n){2}) +service: panda\/worker\n/, '$1');
    await edit('k8s/redis.yaml', 'redis:7.4.11-alpine', 'redis:7-alpine');
    await chmod(at('infra/worker/start.sh'), 0o777);
    const end = await check('--json');
    const { ok, result } = JSON.parse(end.stdout);
    const warnings = result.warnings.filter(
      ({ message }: { message: string }) => !/EXAMPLE|whole/.test(message),
    );
    expect({
      code: end.code,
      ok,
      warnings: warnings.map(
        ({ file, message }: { file: string; message: string }) => `${file} ${message}`,
      ),
    }).toEqual({
      code: 0,
      ok: true,
      warnings: [
        'infra/notes.txt no entry in `files` of the inventory names it: it goes nowhere',
        'infra/worker/start.sh mode 0777: anybody may write it',
        'inventory.yaml no service uses infra/env/worker.env.example: nothing is restarted when it changes',
        'k8s/redis.yaml "7-alpine" is no one release: it moves with each',
      ],
    });
  });

  it('says that the time was up, and calls nothing well', async () => {
    const { code, stdout, stderr } = await check('--timeout', '1ms');
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'joelclaw: the time was up before everything was looked at\n  → give it longer with --timeout\n',
    });
  });

  it('changes nothing, also where Caddy makes what it tries', async () => {
    await edit('infra/caddy/Caddyfile', /\ttls .*\n/, '\ttls internal\n');
    const tree = async (): Promise<readonly string[]> =>
      Promise.all(
        (await readdir(root, { recursive: true })).toSorted().map(async (name) => {
          const { mode, mtimeMs, size } = await stat(at(name));
          return `${name} ${mode} ${mtimeMs} ${size}`;
        }),
      );
    const before = await tree();
    expect((await check()).code).toBe(0);
    expect(await tree()).toEqual(before);
  });
});
