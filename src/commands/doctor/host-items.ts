import type { DoctorItem } from '../../outputs/doctor-page.ts';
import type { HostNeeds } from './needs.ts';
import { itemOf } from './probe.ts';

/** Which machine each local host is: on any other one its checks say nothing. */
export function hostItems(needs: readonly HostNeeds[], hostname: string): readonly DoctorItem[] {
  return needs
    .filter(({ host }) => host.access === 'local')
    .map(({ host, reach }) => {
      const subject = { id: `host/${host.name}`, title: `host ${host.name}` };
      if (reach === 'here') return itemOf(subject, { state: 'ok', note: 'this machine' });
      const other = `this machine is ${hostname}, not ${host.hostname}`;
      if (reach === 'ssh') return itemOf(subject, { state: 'ok', note: `${other}: asked by ssh` });
      const fix = `run joelclaw on ${host.name}, set hosts[].hostname to ${hostname} if it is this one, or give it ssh`;
      return itemOf(subject, { state: 'missing', note: `${other}: nothing of it is known`, fix });
    });
}
