import { plainText } from '../../../model/plain-text.ts';
import { faultAt, placeOf, type TextFault, wholeText } from '../../../model/text-fault.ts';

/** The shell that a script names in its first line; null for a script of another program, and for no script. */
export function shellOf(text: string): string | null {
  const [line = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const [, path = '', next = ''] = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(line) ?? [];
  const program = /\/env$/.test(path) ? next : path;
  const name = program.split('/').at(-1) ?? '';
  return /^(?:ba|da|k|z|a)?sh$/.test(name) ? name : null;
}

/** Whether a text is to be run. */
export function isScript(text: string, source: string): boolean {
  return /^\uFEFF?#!/.test(text) || /\.(?:ba|z)?sh$/.test(source);
}

/** What a kernel stumbles over before any shell reads the script. */
export function scriptFaults(text: string): readonly TextFault[] {
  const returns = text.indexOf('\r\n');
  const bom = text.startsWith('\uFEFF');
  const [line = ''] = text.split('\n', 1);
  const isNamed = /^\uFEFF?#!/.test(line);
  return [
    ...(isNamed ? [] : [faultAt(wholeText, 'names no program to run it', '#!/bin/sh')]),
    ...(isNamed && !/^\uFEFF?#!\s*\//.test(line)
      ? [faultAt(wholeText, 'names its program without its whole path', '#!/bin/sh')]
      : []),
    ...(bom
      ? [faultAt(wholeText, 'begins with a byte order mark', 'save it as UTF-8 without')]
      : []),
    ...(returns < 0
      ? []
      : [faultAt(placeOf(text, returns), 'ends its lines with CR LF', 'LF alone')]),
  ];
}

/** What `sh -n FILE` said of a script: dash `FILE: 3: …`, bash `FILE: line 3: …`, BusyBox `FILE: line 3: …`. */
export function syntaxFault(stderr: string, file: string): TextFault {
  const rows = stderr.split('\n').map((row) => row.replace(file, 'FILE'));
  const row = rows.find((one) => one.startsWith('FILE:')) ?? rows[0] ?? '';
  const [, line = '1', words = row] = /^FILE: (?:line )?(\d+): (.*)$/.exec(row) ?? [];
  const place = { line: Number(line), column: 1, path: '' };
  return faultAt(place, plainText(words) || 'is no script', 'sh -n shows it');
}
