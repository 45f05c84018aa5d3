import { hideInCommands } from './hide-in-commands.ts';

/** What stands for a value that may be secret. */
export const hidden = '(hidden)';

const secretName =
  /token|secret|passw(?:or)?d|pass(?:phrase|code)|(?<!by)pass(?![a-z])|\Bpwd(?<!oldpwd)(?![a-z])|[_-]pat(?![a-z])|(?:api|event|signing|private|access|encryption|auth)[_-]?key/i;
/** What passes for a secret by its name, in any syntax: `API_TOKEN=...`, `password: ...`. */
const named = new RegExp(
  `((?:${secretName.source}|cookie)[A-Za-z0-9_]{0,80}["']?\\s*[:=]\\s*)\\S.*$`,
  'gim',
);
/** The same of what is surely no other than a variable of an environment. */
const variable =
  /((?<![A-Za-z0-9])(?:[A-Z0-9_]{0,80}_)?(?:KEY|PW|PAT|JWT|BEARER|SID|PSK|PIN|DSN|CREDS?|CREDENTIALS?|AUTH|PASSWDS?)=)\S.*$/gm;
const names = /token|secret|pass|key|cookie|pwd|pat(?![a-z])/i;
/** The same in a line of a log, where the value alone goes: what follows may be the error itself. */
const namedInLog =
  /((?:(?<!unexpected )token|secret|passw(?:or)?d|passphrase|[a-z0-9_]_?pwd(?<!oldpwd)|[_-]pat(?=["']?\s*[:=])|(?:api|event|signing|private|access|encryption|auth)_?key|set-cookie|cookie)[A-Za-z0-9_]{0,80}["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'&,;{}[\]()]+)/gi;
/**
 * And by its shape: bcrypt's and argon2's digests, bearer tokens, names with passwords, JSON web tokens,
 * private keys, keys that say whose they are (OpenAI, GitHub, GitLab, Slack, npm, Google, AWS, Inngest, Plex).
 */
const shaped = new RegExp(
  [
    /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/,
    /\$argon2\w*\$[^\s"'<]+/,
    /\bBearer\s+\S+/,
    /\bBasic\s+(?=[A-Za-z]*[\d+/=])[A-Za-z0-9+/]{8,}={0,2}/,
    /\beyJ[A-Za-z0-9+/_-]{60,}={0,2}(?!\.)/,
    /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\s]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/,
    /\bsignkey-\w+-[0-9a-f]{16,}/,
    /(?<![\w-])claim-(?=[A-Za-z_-]{0,19}\d)[A-Za-z0-9_-]{20}(?![\w-])/,
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
    /\bAIza[A-Za-z0-9_-]{30,}/,
    /\b(?:sk|pk|gh[opsu]|github_pat|glpat|npm|xox[abprs])[-_][A-Za-z0-9_-]{16,}/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
const passwordInUrl = /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;
/** Of Telegram's bots. */
const botToken = /(?<![\w-])\d{8,10}:AA[A-Za-z0-9_-]{20,}/g;
/** Whoever knows one of these lets himself in: of Slack, Discord, Teams, Healthchecks, IFTTT and Telegram. */
const hooks = [
  /(?<=\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/|\/\/discord(?:app)?\.com\/api\/webhooks\/)[A-Za-z0-9/_-]+/g,
  /(?<=\.office(?:365)?\.com\/webhook(?:b2)?\/)[^\s"'<]+/g,
  /(?<=\/\/hc-ping\.com\/|\/with\/key\/)[A-Za-z0-9_-]+/g,
  /(?<=\/bot)\d{3,}:[A-Za-z0-9_-]+/g,
];
/** The same of who is named alone, and long, and of what a query calls so. */
const keyInUrl = [
  /(?<=:\/\/)[A-Za-z0-9_-]{20,128}(?=@)/g,
  /(?<=[?&](?:[\w.-]{0,40}[_.-])?(?:key|auth|sig|signature|pw|pwd|pass|jwt|sid|session|credentials?|apikey)=)[^\s&"'#<>()]+/gi,
];

/**
 * A text of others that is shown, kept and handed on, without what looks like a secret in it. Secrets
 * that are known are hidden elsewhere, by their values.
 */
export function hideSecrets(text: string): string {
  const nameless = names.test(text) ? text.replace(named, `$1${hidden}`) : text;
  return hideShapes(hideInCommands(nameless.replace(variable, `$1${hidden}`), hidden));
}

/** Whether what bears this name passes for a secret: `API_TOKEN`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Where a text holds what has the shape of a secret (UTF-16 units from 0); -1 where it does not. */
export function secretAt(text: string): number {
  const found = [shaped, botToken, passwordInUrl, ...hooks].map((one) => text.search(one));
  return found.filter((at) => at >= 0).toSorted((a, b) => a - b)[0] ?? -1;
}

/** The same of a line of a log, of which all else stays. */
export function hideInLog(line: string): string {
  // Ten thousand come in a second: what begins at any letter is looked for only where it can be.
  return hideShapes(names.test(line) ? line.replace(namedInLog, hideValue) : line);
}

/** Of a log line by line: what stands between the lines of a private key is hidden as its first one is. */
export function createKeyHider(): (line: string) => string {
  let isWithin = false;
  return (line) => {
    const begins = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line);
    const ends = /-----END [A-Z ]*PRIVATE KEY-----/.test(line);
    const isBody = isWithin && (ends || /(?:^|\s)[A-Za-z0-9+/]{8,}={0,2}\s*$/.test(line));
    isWithin = (begins || isBody) && !ends;
    return isBody ? hidden : line;
  };
}

/** A word that is no value, such as a brace or `null`, is left as it is. */
function hideValue(whole: string, head: string, value: string): string {
  return /[A-Za-z0-9]{3}/.test(value) && !/^(?:null|undefined|true|false|none)$/i.test(value)
    ? `${head}${hidden}`
    : whole;
}

/** Ten thousand lines come in a second: what can stand only beside a certain mark is looked for only there. */
function hideShapes(nameless: string): string {
  const keyless = nameless.replace(shaped, hidden);
  const botless = keyless.includes(':AA') ? keyless.replace(botToken, hidden) : keyless;
  if (!botless.includes('//')) return botless;
  return [passwordInUrl, ...hooks, ...keyInUrl].reduce(
    (left, one) => left.replace(one, hidden),
    botless,
  );
}
