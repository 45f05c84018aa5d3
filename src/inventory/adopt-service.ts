import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';

/** A service that a unit is to run from now on, and the file of that unit. */
export interface AdoptedService {
  readonly host: string;
  readonly name: string;
  readonly unit: string;
  /** `infra/systemd/pdf-brain.service` */
  readonly source: string;
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The text of an inventory with the manager of one service and the entry of its unit's file; every other
 * byte stays as it is. Null where the service does not stand there as a map of its own.
 */
export function withAdopted(text: string, adopted: AdoptedService): string | null {
  const { contents } = parseDocument(text, { keepSourceTokens: true });
  if (!isMap(contents)) return null;
  const services = contents.get('services');
  const service = (isSeq(services) ? services.items : []).find(
    (one: unknown) =>
      isMap(one) && one.get('host') === adopted.host && one.get('name') === adopted.name,
  );
  if (!isMap(service)) return null;
  const splices = [managerOf(text, service, adopted.unit), fileOf(text, contents, adopted)];
  return splices
    .filter((one) => one !== null)
    .toSorted((a, b) => b.from - a.from)
    .reduce((all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to), text);
}

function managerOf(text: string, service: YAMLMap, unit: string): Splice | null {
  const wanted = `{ kind: systemd, unit: ${unit} }`;
  const old = service.get('manager', true) as unknown;
  if (isMap(old)) {
    const isSo =
      old.get('kind') === 'systemd' && old.get('unit') === unit && old.get('user') !== true;
    return isSo ? null : over(text, old, wanted);
  }
  const name = pairOf(service, 'name');
  const value = isScalar(name?.value) ? name.value.range : null;
  const key = isScalar(name?.key) ? name.key.range : null;
  if (!value || !key) return null;
  if (service.flow) return { from: value[1], to: value[1], text: `, manager: ${wanted}` };
  const indent = ' '.repeat(columnOf(text, key[0]));
  const end = lineEnd(text, value[1]);
  return { from: end, to: end, text: `\n${indent}manager: ${wanted}` };
}

function fileOf(
  text: string,
  contents: YAMLMap,
  { host, name, unit, source }: AdoptedService,
): Splice | null {
  const files = contents.get('files', true) as unknown;
  const destination = `/etc/systemd/system/`;
  const entry = `{ source: ${source}, kind: systemd, host: ${host}, destination: ${destination}, service: ${host}/${name} }`;
  if (!isSeq(files)) {
    const head = text.endsWith('\n') || text === '' ? '' : '\n';
    const at = pairOf(contents, 'files') ? null : text.length;
    return at === null ? null : { from: at, to: at, text: `${head}\nfiles:\n  - ${entry}\n` };
  }
  const known = files.items.find(
    (one) =>
      isMap(one) &&
      one.get('source') === source &&
      one.get('kind') === 'systemd' &&
      one.get('host') === host,
  );
  if (isMap(known)) {
    const goes = `${known.get('destination')}`;
    const isSo = goes === destination || goes === `${destination}${unit}`;
    const isOfIt = known.get('service') === `${host}/${name}`;
    return isSo && isOfIt ? null : over(text, known, entry);
  }
  const last = files.items.findLast((one) => isMap(one));
  if (!isMap(last) || !last.range) {
    const [from, to] = files.range ?? [text.length, text.length];
    const isBroken = text.slice(0, from).endsWith('\n');
    return { from, to, text: `${isBroken ? '' : '\n'}  - ${entry}` };
  }
  if (files.flow) return { from: last.range[1], to: last.range[1], text: `, ${entry}` };
  const indent = ' '.repeat(Math.max(0, dashOf(text, last.range[0])));
  const end = contentEnd(text, last.range[1]);
  return { from: end, to: end, text: `\n${indent}- ${entry}` };
}

/** A map written anew in one line; a block's end is that of its last line. */
function over(text: string, map: YAMLMap, wanted: string): Splice | null {
  if (!map.range) return null;
  const [from, end] = map.range;
  const to = map.flow ? end : contentEnd(text, end);
  // A block that stands below its key goes on behind it.
  const gap = /\n[ \t]*$/.exec(text.slice(0, from));
  const isBelowKey = gap !== null && !map.flow;
  return { from: isBelowKey ? gap.index : from, to, text: isBelowKey ? ` ${wanted}` : wanted };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((one) => isScalar(one.key) && one.key.value === key);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** The end of the line that the last of it stands on, with the comment there. */
function contentEnd(text: string, offset: number): number {
  const last = text.slice(0, offset).trimEnd().length;
  return lineEnd(text, last);
}

/** The column of the dash before an item. */
function dashOf(text: string, offset: number): number {
  const begin = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(begin, offset).indexOf('-');
}
