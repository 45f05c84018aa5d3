import { expect, it } from 'vitest';
import { ownService } from '../../../src/commands/infra/own-service.ts';
import { inventoryOf } from '../../inventory/read.ts';

const inventory = inventoryOf(`version: 1
name: own
hosts: [{name: here}, {name: far, access: ssh, ssh: {host: far}}]
services:
  - {name: health, host: far, manager: {kind: launchd, label: com.joel.health}}
  - {name: watch, host: here, manager: {kind: launchd, label: com.joel.health}}
  - {name: web, host: here, manager: {kind: systemd, unit: no-such-unit.service}}
`);

it('the service that runs this process is known by what its manager says of it', async () => {
  expect(await ownService(inventory, { env: { XPC_SERVICE_NAME: 'com.joel.health' } })).toBe(
    'here/watch',
  );
  expect(await ownService(inventory, { env: {} })).toBe(null);
});
