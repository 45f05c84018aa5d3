import { hidden, hideSecrets } from '../../model/hide-secrets.ts';
import type { FileKind } from '../../model/inventory.ts';
import { hideEnvironment, openAssignment } from './environment-values.ts';

/** A `\` at its end takes the next line with it. */
const unitSecret = new RegExp(
  `^(\\s*(?:Environment\\s*=\\s*["']?(?!${openAssignment})[A-Za-z_][A-Za-z0-9_]*=|SetCredential(?:Encrypted)?\\s*=\\s*[^:\\n]*:))((?:.*\\\\\\r?\\n)*.*)$`,
  'gm',
);
/** A header, or the key that a provider of DNS is asked with; a placeholder is none. */
const caddySecret =
  /((?<![\w./-])(?:[+>?-]?(?:\w+-)+(?:key|token|secret|auth|password|cookie)(?:-\w+)*|[+>?]?(?:Authorization|Cookie)|dns[ \t]+\w+)"?[ \t]+)(?![{}])\S.*$/gim;

/**
 * A text of which no value is left that may be a secret: a difference is shown, kept and given to
 * others. Keys and structure stay, so that two texts can still be compared line by line.
 */
export function hideValues(text: string, kind: FileKind): string {
  return hideSecrets(ofKind(text, kind));
}

function ofKind(text: string, kind: FileKind): string {
  if (kind === 'caddyfile') return text.replace(caddySecret, `$1${hidden}`);
  if (kind === 'systemd') return text.replace(unitSecret, hideLines);
  return kind === 'launchd' ? hideEnvironment(text, hidden) : text;
}

/** Each of its lines stays one. */
function hideLines(_all: string, before: string, value: string): string {
  return `${before}${value.replaceAll(/[^\n]+/g, hidden)}`;
}
