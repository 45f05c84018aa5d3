/** What stands for a value that may be secret. */
export const hidden = '(hidden)';

/** What passes for a secret by its name, in any syntax: `API_TOKEN=...`, `password: ...`. */
const named =
  /([A-Za-z0-9_]*(?:token|secret|passw(?:or)?d|api_?key)[A-Za-z0-9_]*["']?\s*[:=]\s*)\S.*$/gim;
const names = /token|secret|passw|api_?key/i;
/** And by its shape: bcrypt's digests, bearer tokens, keys that say whose they are. */
const shaped =
  /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\bBearer\s+\S+|\b(?:sk|pk|ghp|xox[abp])[-_][A-Za-z0-9_-]{16,}/g;
const passwordInUrl = /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/**
 * A text of others that is shown, kept and handed on, without what looks like a secret in it. Secrets
 * that are known are hidden elsewhere, by their values.
 */
export function hideSecrets(text: string): string {
  // Logs bring ten thousand lines a second: what begins at any letter is looked for only where it can be.
  const nameless = names.test(text) ? text.replace(named, `$1${hidden}`) : text;
  const keyless = nameless.replace(shaped, hidden);
  return keyless.includes('://') ? keyless.replace(passwordInUrl, hidden) : keyless;
}
