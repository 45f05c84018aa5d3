import { lintEnv } from '../../kinds/file/lint/lint-env.ts';
import { isScript, scriptFaults } from '../../kinds/file/lint/lint-script.ts';
import { type LintedPlist, lintPlist } from '../../kinds/launchd/lint/lint-plist.ts';
import { lintUnit } from '../../kinds/systemd/lint/lint-unit.ts';
import { secretAt } from '../../model/hide-secrets.ts';
import { faultAt, placeOf, type TextFault, warningAt, wholeText } from '../../model/text-fault.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import type { Source } from './read-sources.ts';

/** What one file says by itself. */
interface LintedSource {
  readonly faults: readonly TextFault[];
  readonly plist: LintedPlist | null;
}

/** A file that could be read, by its kind; manifests are looked at together, elsewhere. */
export function lintSource({ file }: Source, seen: FileSeen): LintedSource {
  const { text } = seen;
  const fileName = file.source.split('/').at(-1) ?? file.source;
  const all = [...layFaults(file.kind, seen), ...secretFaults(text), ...exampleWarnings(text)];
  if (text.trim() === '') {
    const empty = faultAt(wholeText, 'is empty', 'is this the right file?');
    return { faults: [...all, empty], plist: null };
  }
  if (file.kind === 'launchd') {
    const plist = lintPlist({ fileName, text });
    return { faults: [...all, ...plist.faults], plist };
  }
  return { faults: [...all, ...ofKind(file.kind, fileName, text)], plist: null };
}

function ofKind(kind: string, fileName: string, text: string): readonly TextFault[] {
  if (kind === 'systemd') return lintUnit({ fileName, text });
  if (kind === 'env') return lintEnv(text);
  return kind === 'file' && isScript(text, fileName) ? scriptFaults(text) : [];
}

/** launchd ignores links at boot, so what is copied to it must not be one either. */
function layFaults(kind: string, { isLink, mode }: FileSeen): readonly TextFault[] {
  const isOpen = (Number.parseInt(mode ?? '0', 8) & 0o002) !== 0;
  const link =
    kind === 'launchd'
      ? faultAt(wholeText, 'is a link, and launchd ignores links at boot', 'the file itself')
      : warningAt(wholeText, 'is a link', 'the file itself');
  return [
    ...(isLink ? [link] : []),
    ...(isOpen ? [warningAt(wholeText, `mode ${mode}: anybody may write it`, 'chmod o-w')] : []),
  ];
}

function secretFaults(text: string): readonly TextFault[] {
  const at = secretAt(text);
  if (at < 0) return [];
  const hint = 'take it out, and change it: it is in the history of the repo';
  return [faultAt(placeOf(text, at), 'this has the shape of a secret', hint)];
}

/** What only the owner knows is marked, and is not to be installed as it is. */
function exampleWarnings(text: string): readonly TextFault[] {
  return [...text.matchAll(/\bEXAMPLE: (.*)/g)].map(({ index, 1: words = '' }) =>
    warningAt(
      placeOf(text, index),
      `EXAMPLE: ${words.replace('-->', '').trim()}`,
      'put in what is true',
    ),
  );
}
