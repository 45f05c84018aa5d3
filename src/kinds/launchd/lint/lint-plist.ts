import { faultAt, type TextFault, type TextPlace, wholeText } from '../../../model/text-fault.ts';
import { pathFaults } from './plist-paths.ts';
import { startFaults } from './plist-starts.ts';
import { typeFaults } from './plist-types.ts';
import { type PlistNode, plistValue, readPlist } from './read-plist.ts';

/** A job's file. */
interface PlistText {
  /** With its ending and without its folder. */
  readonly fileName: string;
  readonly text: string;
}

export interface LintedPlist {
  readonly label: string | null;
  readonly faults: readonly TextFault[];
  /** The ports that it tells of: of its sockets and of variables named PORT. */
  readonly ports: readonly PlistPort[];
}

interface PlistPort {
  readonly port: number;
  readonly place: TextPlace;
}

/** What launchd would refuse, pass over or do otherwise than is meant (launchd.plist(5)). */
export function lintPlist({ fileName, text }: PlistText): LintedPlist {
  const { dict, faults } = readPlist(text);
  if (!dict) return { label: null, faults, ports: [] };
  const typed = typeFaults(dict);
  const label = plistValue(dict, 'Label');
  return {
    label: label?.text ?? null,
    faults: [
      ...faults,
      ...typed,
      ...labelFaults(dict, fileName),
      ...pathFaults(dict),
      ...startFaults(dict),
    ],
    ports: portsOf(dict),
  };
}

function labelFaults(dict: PlistNode, fileName: string): readonly TextFault[] {
  const label = plistValue(dict, 'Label');
  const wanted = fileName.replace(/\.plist$/, '');
  if (!label || label.text === '') {
    return [faultAt(label?.place ?? wholeText, 'lacks Label', wanted)];
  }
  if (`${label.text}.plist` === fileName) return [];
  return [faultAt(label.place, `is not the name of its file, ${fileName}`, wanted)];
}

function portsOf(dict: PlistNode): readonly PlistPort[] {
  const variables = plistValue(dict, 'EnvironmentVariables')?.entries ?? [];
  const named = variables.filter(({ key }) => /(?:^|_)PORT$/.test(key)).map(({ value }) => value);
  const sockets = plistValue(dict, 'Sockets')?.entries ?? [];
  const listening = sockets.flatMap(({ value }) =>
    [value, ...value.items].flatMap((one) => plistValue(one, 'SockServiceName') ?? []),
  );
  return [...named, ...listening].flatMap(({ text, place }) => {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return [];
    return [{ port, place }];
  });
}
