import { type Answers, toldBy } from '../collect/answers.ts';
import { activeService } from './timer-state.ts';
import { linesOf } from './told.ts';

/** By what keeps the rules: the rules themselves only root may see. */
export function firewallOf(answers: Answers): string | null {
  const lines = linesOf(toldBy(answers, 'ufw') ?? '');
  const ufw = lines.find((line) => /^\s*ENABLED=/i.test(line));
  if (ufw !== undefined && /=\s*"?yes/i.test(ufw)) return 'ufw enabled';
  const keeper = activeService(
    answers,
    /^(?:firewalld|nftables|netfilter-persistent|shorewall)\.service$/,
  );
  if (keeper !== null) return `${keeper.replace(/\.service$/, '')} active`;
  if (ufw !== undefined) return 'ufw disabled';
  return null;
}
