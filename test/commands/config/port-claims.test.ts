import { expect, it } from 'vitest';
import { type PortClaim, portFaults } from '../../../src/commands/config/port-claims.ts';

const claim = (more: Partial<PortClaim>): PortClaim => ({
  host: 'panda',
  port: 80,
  protocol: 'TCP',
  owner: 'panda/web',
  by: 'inventory',
  file: 'inventory.yaml',
  line: 1,
  column: 1,
  path: '',
  ...more,
});
const told = (...claims: readonly PortClaim[]): readonly string[] =>
  portFaults(claims).map(({ file, message }) => `${file} ${message}`);

it('what the inventory says of a service, its file may say again', () => {
  expect(told(claim({}), claim({ by: 'web.yaml', file: 'web.yaml' }))).toEqual([]);
});

it('a port of two services is told at the second, with the place of the first', () => {
  const other = claim({ owner: 'panda/api', by: 'api.yaml', file: 'api.yaml', line: 9 });
  expect(told(claim({}), other)).toEqual([
    'api.yaml port 80 of panda is taken by panda/web: inventory.yaml:1',
  ]);
});

it('one file may not take a port twice, whomever it is for', () => {
  const first = claim({
    by: 'web.yaml',
    file: 'web.yaml',
    line: 3,
    path: 'spec.ports[0].nodePort',
  });
  expect(told(first, { ...first, line: 5, path: 'spec.ports[1].nodePort' })).toEqual([
    'web.yaml port 80 of panda is taken by panda/web: web.yaml:3',
  ]);
});

it('another host and another protocol have ports of their own', () => {
  const owner = 'panda/dns';
  expect(
    told(claim({}), claim({ owner, protocol: 'UDP' }), claim({ owner, host: 'attic' })),
  ).toEqual([]);
});
