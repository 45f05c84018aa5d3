import type { Known } from './known.ts';
import type { Tab } from './ui-state.ts';

/** Where a row is seen in a browser: what a service's http check asks, or an Inngest server's own pages. */
export function urlOf({ network, report }: Known, id: string, tab: Tab): string | null {
  const { services, inngest } = network.inventory;
  if (tab === 'functions') {
    const server = report.functions.items.find(({ slug }) => slug === id)?.server;
    const found = inngest.find(({ name }) => name === server || id.startsWith(`${name}/`));
    return found?.url ?? null;
  }
  const check = services.find((one) => one.id === id)?.checks.find(({ kind }) => kind === 'http');
  const url = check?.spec['url'];
  return typeof url === 'string' ? url : null;
}
