import { hidden, hideSecrets } from '../../model/hide-secrets.ts';
import type { FileKind } from '../../model/inventory.ts';

const environmentDict = /(<key>EnvironmentVariables<\/key>\s*<dict>)([\s\S]*?)(<\/dict>)/g;
const plistString = /<string>[^<]*<\/string>/g;
const unitEnvironment = /^(\s*Environment\s*=\s*"?[A-Za-z_][A-Za-z0-9_]*=).*$/gm;

/**
 * A text of which no value is left that may be a secret: a difference is shown, kept and given to
 * others. Keys and structure stay, so that two texts can still be compared line by line.
 */
export function hideValues(text: string, kind: FileKind): string {
  return hideSecrets(ofKind(text, kind));
}

function ofKind(text: string, kind: FileKind): string {
  if (kind === 'systemd') return text.replace(unitEnvironment, `$1${hidden}`);
  if (kind !== 'launchd') return text;
  return text.replace(
    environmentDict,
    (_all, before: string, dict: string, after: string) =>
      `${before}${dict.replace(plistString, `<string>${hidden}</string>`)}${after}`,
  );
}
