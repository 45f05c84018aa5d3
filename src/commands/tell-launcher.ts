import { writeLeftBehind } from '../transports/left-behind.ts';

/** `bin/joelclaw` holds this file open too. */
const name = 'JOELCLAW_LEFT_BEHIND';

/** Tells the launcher what to end should this process be killed. What it starts itself does not hear of it. */
export function tellLauncher(env: Record<string, string | undefined>): void {
  const { [name]: descriptor } = env;
  delete env[name];
  if (descriptor) writeLeftBehind(Number(descriptor));
}
