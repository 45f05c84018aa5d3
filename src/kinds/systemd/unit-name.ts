/** Units that do work, wait for it, or hold others together (systemd.unit(5)). */
const suffixes = /\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;

/** As systemctl completes a name. */
export function fullNameOf(unit: string): string {
  return suffixes.test(unit) ? unit : `${unit}.service`;
}

/** `service`, `timer`, …; empty when it is none of systemd's. */
export function typeOfUnit(name: string): string {
  return suffixes.exec(name)?.[1] ?? '';
}

/** The service that a timer starts when it names no other. */
export function usualTriggered(name: string): string | null {
  return typeOfUnit(name) === 'timer' ? name.replace(suffixes, '.service') : null;
}
