/** What stands for a value that may be secret. */
export const hidden = '(hidden)';

/** What passes for a secret by its name, in any syntax: `API_TOKEN=...`, `password: ...`. */
const named =
  /([A-Za-z0-9_]*(?:token|secret|passw(?:or)?d|api_?key)[A-Za-z0-9_]*["']?\s*[:=]\s*)\S.*$/gim;
/** And by its shape: bcrypt's digests, bearer tokens, keys that say whose they are, a URL's password. */
const shaped =
  /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\bBearer\s+\S+|\b(?:sk|pk|ghp|xox[abp])[-_][A-Za-z0-9_-]{16,}|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/**
 * A text of others that is shown, kept and handed on, without what looks like a secret in it. Secrets
 * that are known are hidden elsewhere, by their values.
 */
export function hideSecrets(text: string): string {
  return text.replace(named, `$1${hidden}`).replace(shaped, hidden);
}
