import type { DoctorItem } from '../../outputs/doctor-page.ts';
import { itemOf } from './probe.ts';

/** The Node that runs this: which one, and whence. */
export function runtimeItem(version: string, execPath: string): DoctorItem {
  const subject = { id: 'runtime/node', title: 'Node' };
  const whence = execPath.includes('/node_modules/')
    ? 'put beside joelclaw by npm'
    : 'the system’s';
  const note = `${version}, ${whence}: ${execPath}`;
  if (fits(version)) return itemOf(subject, { state: 'ok', note });
  const fix = 'npm ci where joelclaw lies (Linux), or brew install node (a Mac)';
  return itemOf(subject, { state: 'missing', note: `${note}; 22.19 or newer is needed`, fix });
}

function fits(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}
