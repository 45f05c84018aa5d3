import { expect, it } from 'vitest';
import { asRoot } from '../../../src/actions/infra/as-root.ts';
import type { PlannedItem } from '../../../src/model/infra.ts';
import { inventoryOf } from '../../inventory/read.ts';

const [here, box] = inventoryOf(`version: 1
name: root
hosts:
  - {name: here}
  - {name: box, access: ssh, ssh: {host: 10.0.0.2, port: 2222, user: joel}}
`).hosts;

const planned = (more: Partial<PlannedItem['item']> = {}): PlannedItem => ({
  item: {
    ...{ id: 'systemd/web', kind: 'systemd', host: 'box', source: 'infra/web.service' },
    ...{ destination: '/etc/systemd/system/', service: null, verdict: 'missing' },
    ...{ reloadNeeded: false, note: '', action: 'create', ...more },
  },
  write: {
    path: '/etc/systemd/system/web.service',
    text: 'x',
    mode: '0644',
    was: null,
    before: null,
  },
  ...{ change: null, recorded: null, liveSha256: null, livePath: '', declaredMode: null },
});

it('what needs root is told as it is typed', () => {
  expect(asRoot(planned(), here)).toBe(
    'sudo install -m 0644 infra/web.service /etc/systemd/system/web.service',
  );
  expect(asRoot(planned(), box)).toBe(
    "scp -P 2222 infra/web.service joel@10.0.0.2:web.service && ssh -t -p 2222 joel@10.0.0.2 'sudo install -m 0644 web.service /etc/systemd/system/web.service'",
  );
});

it('an environment is not: what it would be stands in no file of the repo', () => {
  expect(asRoot(planned({ kind: 'env' }), box)).toBe(null);
  expect(asRoot(planned({ source: null }), box)).toBe(null);
});
