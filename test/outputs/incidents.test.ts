import { expect, it } from 'vitest';
import { incidentsIn } from '../../src/outputs/incidents.ts';
import { labReport } from './lab-report.ts';

it('an incident is what is down for sure and for itself', async () => {
  const away = await labReport('clanker-down');
  expect([...incidentsIn(away)]).toEqual([]);
  const firm = <T extends { readonly state: string }>(one: T) => ({ ...one, confirmed: one.state });
  const sure = { ...away, nodes: away.nodes.map(firm), services: away.services.map(firm) };
  expect([...incidentsIn(sure as typeof away)]).toEqual(['clanker-001']);
});
