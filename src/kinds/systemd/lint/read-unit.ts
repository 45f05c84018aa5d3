import { plainText } from '../../../model/plain-text.ts';
import { faultAt, type TextFault, type TextPlace } from '../../../model/text-fault.ts';

/** A line `Name=value` of a unit file, its continuation lines joined as systemd joins them. */
export interface UnitLine {
  readonly section: string;
  readonly name: string;
  readonly value: string;
  readonly place: TextPlace;
}

interface ReadUnit {
  readonly lines: readonly UnitLine[];
  readonly sections: readonly { readonly name: string; readonly place: TextPlace }[];
  readonly faults: readonly TextFault[];
}

/** A unit file by systemd.syntax(7). */
export function readUnit(text: string): ReadUnit {
  const lines: UnitLine[] = [];
  const sections: { name: string; place: TextPlace }[] = [];
  const faults: TextFault[] = [];
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  let section = '';
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? '';
    const line = index + 1;
    const column = row.length - row.trimStart().length + 1;
    const trimmed = row.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    const head = /^\[(.*)\]$/.exec(trimmed);
    if (head) {
      section = head[1] ?? '';
      sections.push({ name: section, place: { line, column, path: section } });
      continue;
    }
    const whole = [trimmed];
    // A remark within a continued line is passed over, and the line goes on after it.
    while (/\\$/.test(whole.at(-1) ?? '') && index + 1 < rows.length) {
      const next = (rows[++index] ?? '').trim();
      if (/^[#;]/.test(next)) continue;
      whole.push((whole.pop() ?? '').slice(0, -1), next);
    }
    const [, name = '', value = ''] = /^([^=\s]+)\s*=\s*([\s\S]*)$/.exec(whole.join(' ')) ?? [];
    const place = { line, column, path: name === '' ? '' : `${section}.${name}` };
    if (name === '') {
      const message = `is no line of a unit: ${plainText(trimmed, 40)}`;
      faults.push(faultAt(place, message, 'Name=value, [Section], or # before a remark'));
    } else if (section === '') {
      faults.push(faultAt({ ...place, path: name }, 'stands in no section', '[Unit] above it'));
    } else {
      lines.push({ section, name, value: value.trim(), place });
    }
  }
  return { lines, sections, faults };
}
