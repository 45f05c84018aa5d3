import { askGraphql } from '../../kinds/inngest/graphql.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { DoctorItem } from '../../outputs/doctor-page.ts';
import type { HttpResponse } from '../../transports/contract.ts';
import { type Ground, probe } from './probe.ts';
import { thisHost } from './this-host.ts';

type Server = Inventory['inngest'][number];

/** Whether an Inngest server and its worker answer; GraphQL is asked for its type's name alone. */
export function inngestItems(ground: Ground, server: Server): readonly Promise<DoctorItem>[] {
  const { name, url, worker } = server;
  const subjectOf = (what: string) => ({
    id: `inngest/${name}/${what}`,
    title: `${name}: ${what}`,
  });
  const health = `${url.replace(/\/+$/, '')}/health`;
  const items = [
    probe(subjectOf('health'), ground, async () => {
      const { status } = await get(ground, health);
      if (status === 200) return { state: 'ok', note: `${health} answers 200` };
      const fix = 'is url the Inngest server, and not the worker?';
      return { state: 'missing', note: `${health} answers ${status}`, fix };
    }),
    probe(subjectOf('GraphQL'), ground, async () => {
      const context = { ...ground, host: thisHost, service: null, cluster: null, previous: null };
      await askGraphql(url, '{__typename}', context);
      return { state: 'ok', note: 'answers' };
    }),
  ];
  return worker === null ? items : [...items, workerItem(ground, name, worker)];
}

/** A worker that wants a signature answers 401 or 403, and is well. */
function workerItem(ground: Ground, name: string, worker: string): Promise<DoctorItem> {
  return probe({ id: `inngest/${name}/worker`, title: `${name}: worker` }, ground, async () => {
    const { status } = await get(ground, worker);
    const note = `${worker} answers ${status}`;
    if (status < 400) return { state: 'ok', note };
    if (status === 401 || status === 403) {
      return { state: 'ok', note: `${note}: it wants a signature, and its count is hidden` };
    }
    const fix = 'mend inngest[].worker: it is the URL that serves the functions';
    return { state: 'missing', note, fix };
  });
}

function get({ transports, options }: Ground, url: string): Promise<HttpResponse> {
  return transports.http({ url, method: 'GET', headers: {}, tls: {} }, options);
}
