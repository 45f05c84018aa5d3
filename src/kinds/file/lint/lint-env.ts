import { faultAt, type TextFault, warningAt } from '../../../model/text-fault.ts';

const secretName = /token|secret|passw|api_?key|credential|(?:^|_)key$/i;
/** What stands where a value is to be put: nothing, `…`, `<value>`, `changeme`, a variable. */
const placeholder =
  /^(?:\.{3}|…|<.*>|\$\{.*\}|x{3,}|change[-_ ]?me|your[-_ ].*|example.*|todo|replace[-_ ]?me)$/i;

/**
 * The example of an environment: names, and defaults that anybody may see. Values are never told, as
 * the one that does not belong here is the one that must not be shown.
 */
export function lintEnv(text: string): readonly TextFault[] {
  const seen = new Map<string, number>();
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((row, index) => {
      const line = index + 1;
      const column = row.length - row.trimStart().length + 1;
      if (/^\s*(?:#|$)/.test(row)) return [];
      const [, head = '', key, value = ''] =
        /^(\s*(?:export\s+)?)([^=\s]+)\s*=(.*)$/.exec(row) ?? [];
      if (key === undefined) {
        return [faultAt({ line, column, path: '' }, 'is no NAME=value', '# before a remark')];
      }
      const place = { line, column: head.length + 1, path: key };
      const first = seen.get(key);
      seen.set(key, first ?? line);
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
        const hint = 'letters, digits and "_", as API_URL';
        return [faultAt({ ...place, path: '' }, 'is no name of a variable', hint)];
      }
      if (first !== undefined)
        return [faultAt(place, `is there already, on line ${first}`, 'remove one of them')];
      if (key !== key.toUpperCase())
        return [warningAt(place, 'is not in capitals', key.toUpperCase())];
      return secretFaults(key, value, place);
    });
}

function secretFaults(key: string, value: string, place: TextFaultPlace): readonly TextFault[] {
  const plain = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (!secretName.test(key) || plain === '' || placeholder.test(plain)) return [];
  // A path or an address of a key is none.
  if (/^(?:[~/]|https?:\/\/[^@]*$)/.test(plain)) return [];
  return [faultAt(place, 'has a value, and by its name that is a secret', `${key}=`)];
}

type TextFaultPlace = Parameters<typeof faultAt>[0];
