import { nearest } from '../../../model/nearest.ts';
import { faultAt, type TextFault, warningAt, wholeText } from '../../../model/text-fault.ts';
import directives from './directives.json' with { type: 'json' };
import { limitFaults } from './limits.ts';
import { readUnit, type UnitLine } from './read-unit.ts';
import { serviceFaults } from './service-rules.ts';

type Names = Readonly<Record<string, string | undefined>>;

/** What systemd 252 knows (`systemd --dump-configuration-items`): `b` is a boolean, `s` a span of time. */
const known = directives as Readonly<Record<string, Names | undefined>>;

/** Newer than 252. */
const newer = new Set(
  `RestartSteps RestartMaxDelaySec RestartMode FileDescriptorStorePreserve MemoryPressureWatch
  MemoryPressureThresholdSec MemoryZSwapWriteback OpenFile SurviveFinalKillSignal ReloadSignal
  LogFilterPatterns RootEphemeral ImportCredential StartupAllowedCPUs DelegateSubgroup CoredumpReceive
  NFTSet SetLoginEnvironment PrivatePIDs PrivateBPF ProtectHostname ExecReloadPost ConditionVersion
  AssertVersion DeferReactivation PassFileDescriptorsToExec ManagedOOMMemoryPressureDurationSec`.split(
    /\s+/,
  ),
);

/** A unit's file. */
interface UnitText {
  /** With its ending and without its folder. */
  readonly fileName: string;
  readonly text: string;
}

/** The section that a unit of an ending has, besides Unit and Install. */
const ownSections: Readonly<Record<string, string>> = {
  service: 'Service',
  socket: 'Socket',
  timer: 'Timer',
  path: 'Path',
  mount: 'Mount',
  automount: 'Automount',
  swap: 'Swap',
  slice: 'Slice',
  scope: 'Scope',
};

/** What systemd would refuse or pass over, and what it would not do after a crash or a reboot. */
export function lintUnit({ fileName, text }: UnitText): readonly TextFault[] {
  if (text.includes('\0')) return [faultAt(wholeText, 'is not a text', 'is this the right file?')];
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1);
  const own = ownSections[ending];
  const { lines, sections, faults } = readUnit(text);
  const allowed = ['Unit', 'Install', ...(own === undefined ? [] : [own])];
  const strange = sections.flatMap(({ name, place }) => {
    if (allowed.includes(name) || name.startsWith('X-')) return [];
    const hint = `[${nearest(name, allowed) ?? allowed.join('], [')}]`;
    return [faultAt(place, `is no section of ${fileName}`, hint)];
  });
  if (own !== undefined && !sections.some(({ name }) => name === own)) {
    const hint = `[${own}] with what it does`;
    return [...faults, ...strange, faultAt(wholeText, `lacks [${own}]`, hint)];
  }
  return [
    ...faults,
    ...strange,
    ...lines.flatMap(lineFaults),
    ...installFaults(lines, sections, ending),
    ...(ending === 'service' ? serviceFaults(lines) : []),
  ];
}

function lineFaults(line: UnitLine): readonly TextFault[] {
  const { section, name, value, place } = line;
  const names = known[section];
  if (!names || name.startsWith('X-')) return [];
  const type = names[name];
  if (type === undefined) return unknownFaults({ section, name }, names, place);
  if (type === 'b' && !/^(?:1|0|yes|no|y|n|true|false|t|f|on|off)?$/i.test(value)) {
    return [faultAt(place, 'is neither yes nor no: systemd passes it over', 'yes')];
  }
  const span = /^(?:infinity|\d+(?:\.\d+)?(?:\s*[a-zµμ]+\s*\d+(?:\.\d+)?)*\s*[a-zµμ]*)?$/i;
  if (type === 's' && !span.test(value)) {
    return [faultAt(place, 'is no span of time: systemd passes it over', '20s')];
  }
  return limitFaults(line);
}

function unknownFaults(
  { section, name }: Pick<UnitLine, 'section' | 'name'>,
  names: Names,
  place: UnitLine['place'],
): readonly TextFault[] {
  if (newer.has(name)) return [];
  const elsewhere = Object.keys(known).find((one) => known[one]?.[name] !== undefined);
  if (elsewhere !== undefined) {
    return [
      faultAt(place, `belongs into [${elsewhere}]: systemd passes it over`, `[${elsewhere}]`),
    ];
  }
  const near = nearest(name, Object.keys(names));
  if (near !== null) return [faultAt(place, 'is not known: systemd passes it over', near)];
  const message = `is not known of [${section}]: systemd may pass it over`;
  return [warningAt(place, message, 'systemd-analyze verify, where it is to run')];
}

/** A unit that nothing wants is not there after a reboot. */
function installFaults(
  lines: readonly UnitLine[],
  sections: readonly { readonly name: string; readonly place: UnitLine['place'] }[],
  ending: string,
): readonly TextFault[] {
  if (!['service', 'timer', 'socket', 'path'].includes(ending)) return [];
  const wanted = ['WantedBy', 'RequiredBy', 'UpheldBy', 'Also'];
  if (lines.some(({ section, name }) => section === 'Install' && wanted.includes(name))) return [];
  const place = sections.find(({ name }) => name === 'Install')?.place ?? wholeText;
  const target = ending === 'service' ? 'multi-user.target' : `${ending}s.target`;
  const hint = `[Install] with WantedBy=${target}`;
  const message = 'lacks WantedBy in [Install]: it is not started at boot';
  // A oneshot is most often started by a timer, which is what is installed.
  const isOneshot = lines.some(({ name, value }) => name === 'Type' && value === 'oneshot');
  const say = isOneshot ? warningAt : faultAt;
  return [say(place, message, hint)];
}
