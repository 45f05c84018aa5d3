import type { FileKind } from '../../model/inventory.ts';

const hidden = '(hidden)';

const environmentDict = /(<key>EnvironmentVariables<\/key>\s*<dict>)([\s\S]*?)(<\/dict>)/g;
const plistString = /<string>[^<]*<\/string>/g;
const unitEnvironment = /^(\s*Environment\s*=\s*"?[A-Za-z_][A-Za-z0-9_]*=).*$/gm;
/** What passes for a secret by its name, in any syntax: `API_TOKEN=...`, `password: ...`. */
const named =
  /([A-Za-z0-9_]*(?:token|secret|passw(?:or)?d|api_?key)[A-Za-z0-9_]*["']?\s*[:=]\s*)\S.*$/gim;
/** And by its shape: bcrypt's digests, bearer tokens, keys that say whose they are. */
const shaped =
  /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\b(?:Bearer\s+\S+|(?:sk|pk|ghp|xox[abp])[-_][A-Za-z0-9_-]{16,})/g;

/**
 * A text of which no value is left that may be a secret: a difference is shown, kept and given to
 * others. Keys and structure stay, so that two texts can still be compared line by line.
 */
export function hideValues(text: string, kind: FileKind): string {
  return ofKind(text, kind).replace(named, `$1${hidden}`).replace(shaped, hidden);
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
