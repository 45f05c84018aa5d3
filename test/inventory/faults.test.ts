import { describe, expect, it } from 'vitest';
import { maxInventoryBytes } from '../../src/inventory/parse-inventory.ts';
import { faultsOf, head, linesOf } from './read.ts';

const services = (...lines: readonly string[]): string =>
  `${head}services:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

const checks = (...written: readonly string[]): string =>
  services(`{name: x, host: a, checks: [${written.join(', ')}]}`);

describe('a text that is no inventory is one clear fault', () => {
  it.each([
    ['nothing', '', '1:1: is empty'],
    ['blank lines', ' \n\n', '1:1: is empty'],
    ['only comments', '# one\n  # two\n', '1:1: is empty'],
    ['a binary', '\u0089PNG\r\n\u001a\n\0\0\0', '1:1: is not a text'],
    ['more than 1 MiB', '#'.repeat(maxInventoryBytes + 1), '1:1: is larger than 1024 KiB'],
    ['10 MB', 'a: 1\n'.repeat(2_000_000), '1:1: is larger than 1024 KiB'],
    ['a word', 'hello', '1:1: is string, expected object'],
    ['a list', '- a', '1:1: is a list, expected object'],
    ['a bare ---', '---\n', '1:4: is empty, expected object'],
    ['an open quote', `${head}vault: "x\n`, '5:1: Missing closing "quote'],
    ['a tab', `${head}vault:\n\t- x\n`, '5:1: Tabs are not allowed as indentation'],
    ['two documents', `${head}---\n${head}`, '4:1: a second document begins here'],
    ['a key twice', `${head}vault: a\nvault: b\n`, '5:1: this key is there twice'],
    ['lists 100,000 deep', `${head}vault: ${'['.repeat(100_000)}`, '4:'],
    ['an alias of nothing', `${head}vault: *nope\n`, '4:8: Unresolved alias'],
    ['an alias of itself', `${head}plugins: &p [*p]\n`, '4:14: an alias holds itself'],
    [
      'another version',
      'version: 2\nfuture: true\n',
      '1:10: version: is 2: this joelclaw reads version 1',
    ],
    [
      'the version as text',
      'version: "1"\n',
      '1:10: version: is "1": this joelclaw reads version 1',
    ],
    ['an escape', `a: "\u001b[2J${'`'}`, '1:'],
  ])('%s', (_title, text, start) => {
    const lines = linesOf(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(', try: ');
    expect(lines[0]?.slice(0, `inventory.yaml:${start}`.length)).toBe(`inventory.yaml:${start}`);
  });

  it('aliases that unfold to millions are refused within a second', () => {
    const level = (name: string, of: string): string =>
      `${name}: &${name} [${Array.from({ length: 9 }, () => of).join(', ')}]\n`;
    const names = [...'abcdefghi'];
    const bomb = names.map((name, n) => level(name, n === 0 ? 'x' : `*${names[n - 1]}`)).join('');
    const beforeMs = performance.now();
    const [line = '', ...more] = linesOf(bomb);
    expect(more).toEqual([]);
    expect(line).toMatch(/^inventory\.yaml:9:\d+: Excessive alias count.*, try: write the value/);
    expect(performance.now() - beforeMs).toBeLessThan(1000);
  });

  it('too deep says so instead of what the engine says', () => {
    const [first] = faultsOf(`${head}vault: ${'['.repeat(100_000)}`);
    expect(first?.message).toBe('is nested too deeply');
  });
});

describe('one fault', () => {
  const inX = 'services[0].checks[0]';

  /** Where ¦ stands in the text is where the fault must be; ¦ itself is taken out. */
  it.each<[string, string, string]>([
    ['a missing name', '¦version: 1\nhosts: [{name: a}]\n', 'name: is missing, try: name: …'],
    ['a missing version', '¦name: n\nhosts: [{name: a}]\n', 'version: is missing, try: 1'],
    ['no hosts', 'version: 1\nname: n\nhosts: ¦[]\n', 'hosts: names no host, try: at least one'],
    [
      'hosts without a value',
      'version: 1\nname: n\nhosts:¦\n',
      'hosts: is empty, expected array, try: a list: lines that begin with "- "',
    ],
    [
      'a number for text',
      `${head}vault: ¦5\n`,
      'vault: is number, expected string, try: text in quotes',
    ],
    [
      'text for a number',
      services('{name: x, host: a, port: ¦"80"}'),
      'services[0].port: is string, expected number, try: a number without quotes',
    ],
    [
      'yes for true',
      services('{name: x, host: a, critical: ¦yes}'),
      'services[0].critical: is string, expected boolean, try: true or false',
    ],
    [
      'a port that is none',
      services('{name: x, host: a, port: ¦70000}'),
      'services[0].port: is above 65535, try: at most 65535',
    ],
    ['a key of the top', `${head}¦service: []\n`, 'service: is not a known key, try: services'],
    [
      'a key of a host',
      'version: 1\nname: n\nhosts:\n  - name: a\n    ¦acces: local\n',
      'hosts[0].acces: is not a known key, try: access',
    ],
    [
      'a key of ssh',
      'version: 1\nname: n\nhosts: [{name: a, ssh: {¦usr: joel}}]\n',
      'hosts[0].ssh.usr: is not a known key, try: user',
    ],
    [
      'a key of defaults',
      `${head}defaults: {¦intervall: 5s}\n`,
      'defaults.intervall: is not a known key, try: interval',
    ],
    [
      'a key of a manager',
      services('{name: x, host: a, manager: {kind: systemd, unit: u, ¦usr: true}}'),
      'services[0].manager.usr: is not a known key, try: user',
    ],
    [
      'the name of a unit',
      services('{name: x, host: a, manager: {kind: systemd, unit: ¦"a b"}}'),
      'services[0].manager.unit: is not the name of a unit, try: web.service',
    ],
    [
      'a key of a check',
      checks('{kind: http, url: "http://h/", ¦metod: GET}'),
      `${inX}.metod: is not a known key, try: method`,
    ],
    [
      'a key of every check',
      checks('{kind: tcp, host: h, port: 1, ¦timout: 1s}'),
      `${inX}.timout: is not a known key, try: timeout`,
    ],
    [
      'a key of a kind that is not measured yet',
      checks('{kind: launchd, label: l, ¦lable: l}'),
      `${inX}.lable: is not a known key, try: label`,
    ],
    [
      'a key within a check’s tls',
      checks('{kind: http, url: "https://h/", tls: {¦insecur: true}}'),
      `${inX}.tls.insecur: is not a known key, try: insecure`,
    ],
    [
      'a kind',
      checks('{kind: ¦htp, url: "http://h/"}'),
      `${inX}.kind: "htp" is not a known kind, try: http`,
    ],
    [
      'a kind that only hosts have',
      checks('{kind: ¦host}'),
      `${inX}.kind: "host" checks are made from hosts, try: remove it`,
    ],
    [
      'a manager',
      services('{name: x, host: a, manager: {kind: ¦launchdd, label: l}}'),
      'services[0].manager.kind: "launchdd" is not a known kind, try: launchd',
    ],
    [
      'a check that is a word',
      checks('¦http'),
      `${inX}: is string, expected object, try: keys with values: "key: value"`,
    ],
    [
      'a URL without a scheme',
      checks('{kind: http, url: ¦localhost}'),
      `${inX}.url: is not an http or https URL, try: http://localhost:8080/`,
    ],
    [
      'a redis URL over http',
      checks('{kind: redis, url: ¦"http://h/"}'),
      `${inX}.url: is not a redis:// or rediss:// URL, try: redis://localhost:6379`,
    ],
    [
      'a regular expression',
      checks('{kind: command, argv: [id], stdout: ¦"("}'),
      `${inX}.stdout: is not a regular expression, try: a pattern such as ^ok$`,
    ],
    [
      'a command of nothing',
      checks('{kind: command, argv: ¦[]}'),
      `${inX}.argv[0]: is missing, try: add it`,
    ],
    [
      'json that JSON has not',
      checks('{kind: http, url: "http://h/", json: ¦.nan}'),
      `${inX}.json: holds what JSON cannot, try: text, numbers, true, false, null`,
    ],
    [
      'a duration',
      `${head}defaults: {timeout: ¦1w}\n`,
      'defaults.timeout: is not a duration such as 500ms, 10s, 5m, 1h, try: 10s',
    ],
    [
      'a duration without a unit',
      `${head}defaults: {timeout: ¦10}\n`,
      'defaults.timeout: is not a duration such as 500ms, 10s, 5m, 1h, try: 10s',
    ],
    [
      'an interval that would not rest',
      checks('{kind: tcp, host: h, port: 1, interval: ¦0s}'),
      `${inX}.interval: must be between 1s and 1d, try: 10s`,
    ],
    [
      'a threshold of nothing',
      `${head}defaults: {failureThreshold: ¦0}\n`,
      'defaults.failureThreshold: is below 1, try: at least 1',
    ],
    [
      'a name with a slash',
      services('{name: ¦x/y, host: a}'),
      'services[0].name: is not a name of letters, digits, ".", "_" and "-", try: a name such as web-1',
    ],
    [
      'a file that goes to no path',
      `${head}files:\n  - ¦{source: s, kind: file, host: a}\n`,
      'files[0].destination: is missing: a path on its host, try: destination: …',
    ],
    [
      'a file whose place depends on where a command is run',
      `${head}files: [{source: s, kind: file, host: a, destination: ¦relative/x}]\n`,
      'files[0].destination: is not a path that begins with / or ~/, try: ~/file',
    ],
    [
      'a file of the home of somebody else',
      `${head}files: [{source: s, kind: file, host: a, destination: ¦~root/x}]\n`,
      'files[0].destination: is not a path that begins with / or ~/, try: ~/file',
    ],
    [
      'a file that goes to no host',
      `${head}files:\n  - ¦{source: s, kind: file, destination: /d}\n`,
      'files[0].host: is missing: a file goes to a host, try: host: …',
    ],
    [
      'an object of no cluster',
      `${head}files:\n  - ¦{source: s, kind: k8s}\n`,
      'files[0].cluster: is missing: an object goes to a cluster, try: cluster: …',
    ],
    [
      'a mode as a number',
      `${head}files: [{source: s, kind: file, host: a, mode: ¦755}]\n`,
      'files[0].mode: is number, expected string, try: text in quotes',
    ],
    [
      'a host twice',
      'version: 1\nname: n\nhosts: [{name: a}, {name: ¦a}]\n',
      'hosts[1].name: "a" is there twice, try: another name',
    ],
    [
      'a service twice on one host',
      services('{name: x, host: a}', '{name: ¦x, host: a}'),
      'services[1].name: "a/x" is there twice, try: another name',
    ],
    [
      'a check twice in one service',
      checks('{kind: tcp, host: h, port: 1}', '¦{kind: tcp, host: h, port: 2}'),
      'services[0].checks[1]: "tcp" is there twice, try: a name: of its own for one of them',
    ],
    [
      'a host that is not there',
      services('{name: x, host: ¦c}'),
      'services[0].host: no host is called "c", try: a',
    ],
    [
      'a cluster that is not there',
      services('{name: x, host: a, manager: {kind: k8s, cluster: ¦c, workload: statefulset/w}}'),
      'services[0].manager.cluster: no cluster is called "c", try: declare a cluster',
    ],
    [
      'a cluster of a check that is not there',
      checks('{kind: k8s, cluster: ¦c, workload: daemonset/w}'),
      'services[0].checks[0].cluster: no cluster is called "c", try: declare a cluster',
    ],
    [
      'a workload of a kind that keeps no pods',
      services(
        '{name: x, host: a, manager: {kind: k8s, cluster: c, workload: ¦cronjob/x}}',
      ).replace('services:', 'clusters: [{name: c, host: a}]\nservices:'),
      'services[0].manager.workload: is not statefulset/NAME, deployment/NAME or daemonset/NAME, after NAMESPACE/ where it must be told, try: deployment/web',
    ],
    [
      'a file of a service that is not there',
      `${services('{name: web, host: a}')}files: [{source: s, kind: file, host: a, destination: /d, service: ¦a/wbe}]\n`,
      'files[0].service: no service is called "a/wbe", try: a/web',
    ],
    [
      'a dependency that is not there',
      services('{name: x, host: a, dependsOn: [¦a/hots]}'),
      'services[0].dependsOn[0]: no host, service or check is called "a/hots", try: a/host',
    ],
    [
      'a service that depends on itself',
      services('{name: x, host: a, ¦dependsOn: [a/x]}'),
      'services[0].dependsOn: depends on itself: a/x → a/x, try: remove one of these',
    ],
    [
      'two services that depend on each other',
      services('{name: x, host: a, ¦dependsOn: [a/y]}', '{name: y, host: a, dependsOn: [a/x]}'),
      'services[0].dependsOn: depends on itself: a/x → a/y → a/x, try: remove one of these',
    ],
    [
      'a name that is set nowhere',
      `${head}vault: ¦"\${VAULT}"\n`,
      `vault: \${VAULT} is not set, try: set VAULT in .env beside the inventory, or write \${VAULT:-}`,
    ],
    [
      'a name that is set nowhere, in a URL',
      `${head}alerts: {heartbeat: ¦"\${BEAT_URL}"}\n`,
      `alerts.heartbeat: \${BEAT_URL} is not set, try: set BEAT_URL in .env beside the inventory, or write \${BEAT_URL:-}`,
    ],
    [
      'a name that is set nowhere, as a name',
      services(`{name: ¦"\${NAME_OF}", host: a}`),
      `services[0].name: \${NAME_OF} is not set, try: set NAME_OF in .env beside the inventory, or write \${NAME_OF:-}`,
    ],
  ])('%s stands at its line and column with what to try', (_title, text, line) => {
    expect(line).toContain(', try: ');
    const before = text.slice(0, text.indexOf('¦')).split('\n');
    const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    expect(linesOf(text.replace('¦', ''))).toEqual([`inventory.yaml:${place}: ${line}`]);
  });

  it('two checks that depend on each other are a circle', () => {
    const lines = linesOf(
      checks(
        '{kind: tcp, host: h, port: 1, dependsOn: [a/x/two]}',
        '{kind: tcp, name: two, host: h, port: 1, dependsOn: [a/x/tcp]}',
      ),
    );
    expect(lines).toEqual([expect.stringContaining('a/x/two → a/x/tcp → a/x/two')]);
  });

  it('a cluster that stands on what it runs is a circle', () => {
    const text = `${services('{name: x, host: a, manager: {kind: k8s, cluster: c, workload: statefulset/w}}')}clusters: [{name: c, host: a, dependsOn: [a/x]}]\n`;
    expect(linesOf(text)).toEqual([expect.stringContaining('cluster:c → a/x → cluster:c')]);
  });

  it('so is one that stands on what is checked in it', () => {
    const check = '{kind: k8s, cluster: c, workload: daemonset/w}';
    const text = `${checks(check)}clusters: [{name: c, host: a, dependsOn: [a/x]}]\n`;
    expect(linesOf(text)).toEqual([expect.stringContaining('cluster:c → a/x → cluster:c')]);
  });

  it('a service without a name is no circle with itself', () => {
    const messages = faultsOf(services('{host: a, dependsOn: [5]}')).map(({ message }) => message);
    expect(messages).toEqual(['is missing', 'is number, expected string']);
  });
});

describe('what is no fault', () => {
  it.each([
    [
      'a check that depends on another of its service',
      checks(
        '{kind: tcp, host: h, port: 1}',
        '{kind: tcp, name: two, host: h, port: 1, dependsOn: [a/x/tcp]}',
      ),
    ],
    [
      'services that depend crosswise by single checks',
      services(
        '{name: x, host: a, checks: [{kind: tcp, host: h, port: 1, dependsOn: [b/y/tcp]}, {kind: tcp, name: two, host: h, port: 1}]}',
        '{name: y, host: b, checks: [{kind: tcp, host: h, port: 1}, {kind: tcp, name: two, host: h, port: 1, dependsOn: [a/x/two]}]}',
      ),
    ],
    ['services of one name on two hosts', services('{name: x, host: a}', '{name: x, host: b}')],
    [
      'a dependency on a host, its check, a service and a check',
      services(
        '{name: x, host: a, checks: [{kind: tcp, host: h, port: 1}]}',
        '{name: y, host: a, dependsOn: [a, b/host, a/x, a/x/tcp]}',
      ),
    ],
  ])('%s', (_title, text) => {
    expect(() => linesOf(text)).toThrow('there is no fault in it');
  });
});

describe('many faults', () => {
  const text = `version: 1
name: n
hosts:
  - {name: a, acces: local}
  - {name: a}
services:
  - name: w
    host: b
    port: "3111"
    checks:
      - {kind: htp}
      - {kind: http, url: nowhere}
    dependsOn: [a/v]
vault: "\${VAULT}"
`;

  it('are all told at once, in the order of the file', () => {
    const places = faultsOf(text).map(({ line, column, path }) => `${line}:${column} ${path}`);
    expect(places).toEqual([
      '4:15 hosts[0].acces',
      '5:12 hosts[1].name',
      '8:11 services[0].host',
      '9:11 services[0].port',
      '11:16 services[0].checks[0].kind',
      '12:27 services[0].checks[1].url',
      '13:17 services[0].dependsOn[0]',
      '14:8 vault',
    ]);
  });

  it('name the file as it was called', () => {
    expect(new Set(faultsOf(text).map(({ file }) => file))).toEqual(new Set(['inventory.yaml']));
  });
});

describe('what a fault quotes', () => {
  it('holds no control character', () => {
    const lines = linesOf(`${head}"\\e]0;owned\\a\\e[31mkey": 1\nvault: "\${\u202e}"\nplugin: 1\n`);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(lines[0]).toContain('4:1: key: is not a known key');
  });

  it('holds no value of the environment', () => {
    const lines = linesOf(services(`{name: x, host: "\${TOKEN}", dependsOn: ["\${TOKEN}"]}`), {
      TOKEN: 'hunter22',
    });
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('hunter22');
  });
});
