import { readdirSync, readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Loaded, loadedBy } from '../bench/loaded-sources.ts';
import { type Staged, stageBuild } from '../bench/staged.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';

// The cluster's client is as large as all the rest: nothing but a cluster may load it.
const inventory = `
version: 1
name: here
hosts: [{name: here, access: local}]
services: []
`;

let staged: Staged;
let folder: NetworkFolder;
beforeAll(async () => {
  staged = stageBuild();
  folder = await makeNetworkFolder(inventory);
});
afterAll(async () => {
  staged.remove();
  await folder.remove();
});

const ofClient = /node_modules\/@kubernetes\/client-node\//;
const clientOf = ({ packages }: Loaded): readonly string[] =>
  packages.filter((name) => /kubernetes|js-yaml|openid|undici/.test(name));

test('it is in one chunk, without its API classes and without undici', () => {
  const dist = join(staged.root, 'dist');
  const holding = readdirSync(dist)
    .filter((name) => name.endsWith('.js.map') && name !== 'index.js.map')
    .map(
      (name) =>
        (JSON.parse(readFileSync(join(dist, name), 'utf8')) as { sources: string[] }).sources,
    )
    .filter((sources) => sources.some((source) => ofClient.test(source)));
  expect(holding).toHaveLength(1);
  expect(
    holding.flat().filter((source) => /client-node\/dist\/gen|\/undici\//.test(source)),
  ).toEqual([]);
});

test('no piece imports Node’s HTTP, which would load all of undici with it', () => {
  const dist = join(staged.root, 'dist');
  const importing = readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .filter((name) => /from"(?:node:)?https?"/.test(readFileSync(join(dist, name), 'utf8')));
  expect(importing).toEqual([]);
});

test('what is left of it makes credentials of a kubeconfig', async () => {
  const dist = join(staged.root, 'dist');
  const [chunk = ''] = readdirSync(dist).filter((name) => /^client-.*\.js$/.test(name));
  const { KubeConfig } = (await import(
    join(dist, chunk)
  )) as typeof import('@kubernetes/client-node');
  const config = new KubeConfig();
  const encoded = Buffer.from('a certificate').toString('base64');
  config.loadFromString(`
clusters: [{name: c, cluster: {server: 'https://127.0.0.1:6443', certificate-authority-data: ${encoded}}}]
users: [{name: u, user: {token: a-token}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  expect(options.ca?.toString()).toBe('a certificate');
  expect(options.headers).toEqual({ Authorization: 'Bearer a-token' });
});

test.each([
  ['--version', () => ['--version']],
  ['--help', () => ['--help']],
  ['a run without clusters', () => ['--headless', '--root', folder.root]],
])('%s loads nothing of it', async (_what, args) => {
  const loaded = await loadedBy(args(), staged);
  expect(clientOf(loaded)).toEqual([]);
});
