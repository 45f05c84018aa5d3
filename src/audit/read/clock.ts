import type { AuditFacts } from '../../model/audit-facts.ts';
import { type Answers, answerOf } from '../collect/answers.ts';
import { activeService } from './timer-state.ts';
import { blocksBy, filesBy, lineOf } from './told.ts';

const keepers = /^(?:systemd-timesyncd|chronyd?|ntpd?|ntpsec|openntpd|ntpd-rs)\.service$/;
const programs = /^(?:systemd-timesyn|chronyd|ntpd|openntpd|ntpd-rs)$/;
const sharing = /^(?:docker|podman|lxc|lxc-libvirt|systemd-nspawn|openvz|rkt|wsl|container-other)$/;

/** What keeps its time; `none` where nothing does. A container has the clock of what it runs on. */
export function clockOf(
  answers: Answers,
): Pick<AuditFacts['system'], 'timeService' | 'timeSynchronized'> {
  const service = keeperOf(answers);
  if (sharing.test(lineOf(answers, 'virtualization') ?? '')) {
    return { timeService: service === 'none' ? null : service, timeSynchronized: null };
  }
  const { why, text } = answerOf(answers, 'time-synchronized');
  const isMarked = why === null && text.trim() !== '';
  if (isMarked) return { timeService: service, timeSynchronized: true };
  // Of the others nobody can tell without asking them.
  const isNot = service === 'none' || (service === 'systemd-timesyncd' && why === null);
  return { timeService: service, timeSynchronized: isNot ? false : null };
}

function keeperOf(answers: Answers): string | null {
  const unit = activeService(answers, keepers);
  if (unit !== null) return unit.replace(/\.service$/, '');
  const names = filesBy(answers, 'names');
  const running = [...(names?.values() ?? [])].flat().find((name) => programs.test(name.trim()));
  if (running !== undefined) return running.replace('timesyn', 'timesyncd').trim();
  return names === null && blocksBy(answers, 'services') === null ? null : 'none';
}
