import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Bundles src before the first test, so that end-to-end tests never run an old cockpit. */
export function setup(): void {
  const bundle = fileURLToPath(new URL('../../build/bundle.ts', import.meta.url));
  execFileSync(process.execPath, [bundle], { stdio: 'inherit' });
}
