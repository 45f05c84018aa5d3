import { seedOf } from '../mulberry32.ts';

/** A uid made of a name: the same for ever. */
export function uidOf(text: string): string {
  const digits = seedOf(text).toString(16).padStart(8, '0');
  return `${digits}-0000-4000-8000-${digits.padEnd(12, '0')}`;
}

/** Kubernetes tells whole seconds. */
export function goTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
