import { thisHost } from '../doctor/this-host.ts';
import { type Looked, type Looking, orNothing, readOrNull, run } from './look.ts';

/** What the machine is: "Mac mini, Apple M4 Pro, 64 GB", "Raspberry Pi 5 Model B Rev 1.0, 8 GB". */
export function findDescription(looking: Looking): Promise<Looked<string>> {
  return orNothing('the hardware', '', async () => {
    const { system } = await looking.transports.machine(thisHost, looking.options);
    const found = system === 'darwin' ? await ofMac(looking) : await ofLinux(looking);
    return { found, notLooked: [] };
  });
}

async function ofMac(looking: Looking): Promise<string> {
  const { stdout } = await run(looking, ['system_profiler', 'SPHardwareDataType']);
  return macDescription(stdout);
}

/** Of what `system_profiler SPHardwareDataType` prints; an Intel Mac has no chip but a processor. */
export function macDescription(text: string): string {
  const field = (name: string): string =>
    new RegExp(`^\\s*${name}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const chip = field('Chip') || field('Processor Name');
  return [field('Model Name'), chip, field('Memory')].filter(Boolean).join(', ');
}

async function ofLinux(looking: Looking): Promise<string> {
  const read = (path: string) => readOrNull(looking, path);
  const [tree, vendor, product, memory] = await Promise.all([
    read('/proc/device-tree/model'),
    read('/sys/class/dmi/id/sys_vendor'),
    read('/sys/class/dmi/id/product_name'),
    read('/proc/meminfo'),
  ]);
  return linuxDescription({ tree, vendor, product, memory });
}

/** What boards without a maker's word say of themselves. */
const unfilled =
  /^(to be filled by o\.?e\.?m\.?|system (manufacturer|product name)|default string|none|unknown)?$/i;

interface LinuxTexts {
  readonly tree: string | null;
  readonly vendor: string | null;
  readonly product: string | null;
  readonly memory: string | null;
}

/** Of the files that the kernel fills; gigabytes as they are sold. */
export function linuxDescription({ tree, vendor, product, memory }: LinuxTexts): string {
  const word = (text: string | null): string => {
    const plain = (text ?? '').replaceAll('\0', '').trim();
    return unfilled.test(plain) ? '' : plain;
  };
  const [maker, model] = [word(vendor), word(product)];
  const machine = word(tree) || (model.startsWith(maker) ? model : `${maker} ${model}`.trim());
  const kib = Number(/^MemTotal:\s+(\d+) kB/m.exec(memory ?? '')?.[1] ?? 0);
  const size = kib === 0 ? '' : `${Math.ceil(kib / 1024 / 1024)} GB`;
  return [machine, size].filter(Boolean).join(', ');
}
