import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inventoryJsonSchema } from '../../src/inventory/json-schema.ts';

const file = new URL('../../inventory.schema.json', import.meta.url);

interface Node {
  readonly properties: Readonly<Record<string, Node & { readonly const?: string }>>;
  readonly items: Node;
  readonly oneOf: readonly Node[];
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
}

const schema = inventoryJsonSchema() as Node & { readonly $schema: string };
const itemsOf = (node: Node | undefined, key: string): Node | undefined =>
  node?.properties[key]?.items;
const service = itemsOf(schema, 'services');
const kindsOf = (nodes: readonly Node[] | undefined): readonly (string | undefined)[] =>
  (nodes ?? []).map(({ properties }) => properties['kind']?.const);

describe('the JSON schema', () => {
  it('is the file at the root: `bin/joelclaw schema` writes it anew', () => {
    expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });

  it('is of the draft that editors know', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  it('holds every key of the contract’s top level and wants three of them', () => {
    const keys = 'version name defaults hosts clusters services inngest tailscale files alerts';
    expect(Object.keys(schema.properties)).toEqual([
      ...keys.split(' '),
      'vault',
      'history',
      'plugins',
    ]);
    expect(schema.required).toEqual(['version', 'name', 'hosts']);
    expect(schema.additionalProperties).toBe(false);
  });

  it('holds every kind of check that one writes', () => {
    const checks = itemsOf(service, 'checks')?.oneOf;
    const kinds = 'http tcp tls redis command launchd systemd k8s';
    expect(kindsOf(checks)).toEqual(expect.arrayContaining(kinds.split(' ')));
    const common = 'name interval timeout failureThreshold successThreshold dependsOn'.split(' ');
    for (const { properties } of checks ?? []) {
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(common));
    }
  });

  it('holds every manager', () => {
    const managers = service?.properties['manager']?.oneOf;
    expect(kindsOf(managers)).toEqual(['launchd', 'systemd', 'k8s', 'none']);
  });

  it.each([
    ['hosts', 'name description access ssh hostname tailscale disks'],
    ['clusters', 'name host kubeconfig context namespaces uid dependsOn'],
    ['services', 'name host description port manager checks dependsOn critical enabled reason'],
    ['inngest', 'name url worker app expect eventKey'],
    ['files', 'source kind host cluster destination mode service admin'],
  ])('holds the keys of %s', (list, keys) => {
    expect(Object.keys(itemsOf(schema, list)?.properties ?? {})).toEqual(keys.split(' '));
  });
});
