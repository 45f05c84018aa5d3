/** A note by its parts; all but `machine` is a person's. */
export interface NoteParts {
  readonly bom: string;
  /** How its lines end. */
  readonly newline: '\n' | '\r\n';
  /** With the two rules around it; '' where it has none. */
  readonly head: string;
  readonly before: string;
  /** The lines of the two markers as they stand; null where there are none. */
  readonly markers: readonly [string, string] | null;
  readonly machine: string;
  readonly after: string;
}

const beginMarker = '<!-- joelclaw:begin audit -->';
const endMarker = '<!-- joelclaw:end audit -->';

/** Why a note cannot be written into, and what to do. */
export interface NoteFault {
  readonly message: string;
  readonly hint: string;
}

/** Takes a note apart; `rejoined` of the parts has the same bytes. */
export function partsOf(text: string): NoteParts | NoteFault {
  const bom = text.startsWith('\ufeff') ? '\ufeff' : '';
  const rest = text.slice(bom.length);
  const newline = /^[^\n]*\r\n/.test(rest) ? '\r\n' : '\n';
  // A rule at its beginning that no other one follows is a rule.
  const [head = ''] = /^---[ \t]*\r?\n(?:[\s\S]*?\n)??---[ \t]*(?:\r?\n|$)/.exec(rest) ?? [];
  const body = rest.slice(head.length);
  const begins = linesThat(body, beginMarker);
  const ends = linesThat(body, endMarker);
  const [begin, end] = [begins[0], ends[0]];
  if (begin === undefined && end === undefined) {
    return { bom, newline, head, before: body, markers: null, machine: '', after: '' };
  }
  if (
    begin === undefined ||
    end === undefined ||
    begins.length > 1 ||
    ends.length > 1 ||
    end.at < begin.at
  ) {
    const many = begins.length > 1 || ends.length > 1;
    const message = many
      ? 'holds the markers of joelclaw more than once'
      : 'holds one marker of joelclaw without the other, or in the wrong order';
    const hint = `leave one ${beginMarker} and below it one ${endMarker}, or neither`;
    return { message, hint };
  }
  return {
    ...{ bom, newline, head, before: body.slice(0, begin.at) },
    markers: [body.slice(begin.at, begin.end), body.slice(end.at, end.end)],
    machine: body.slice(begin.end, end.at),
    after: body.slice(end.end),
  };
}

interface Place {
  readonly at: number;
  /** Behind the end of its line. */
  readonly end: number;
}

/** Where whole lines say just that. */
function linesThat(text: string, marker: string): readonly Place[] {
  const found: Place[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const end = Math.min(at + line.length + 1, text.length);
    if (line.trim() === marker) found.push({ at, end });
    at += line.length + 1;
  }
  return found;
}

/** The lines of a text, however they end. */
export function linesIn(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** Puts a note together: what has changed in the note's own ends of lines, all else byte for byte. */
export function rejoined(
  parts: NoteParts,
  frontmatter: readonly string[],
  machine: readonly string[],
): string {
  const { bom, newline, head, before, markers, after } = parts;
  const was = linesIn(head).slice(1, -1);
  const isSame = head !== '' && was.join('\n') === frontmatter.join('\n');
  const text = (lines: readonly string[]): string => lines.map((line) => line + newline).join('');
  const rules = isSame ? head : text(['---', ...frontmatter, '---']);
  const [begin, end] = markers ?? [beginMarker + newline, endMarker + newline];
  const same = markers !== null && linesIn(parts.machine).join('\n') === machine.join('\n');
  return `${bom}${rules}${before}${begin}${same ? parts.machine : text(machine)}${end}${after}`;
}
