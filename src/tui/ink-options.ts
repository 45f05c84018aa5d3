import type { RenderOptions } from 'ink';

/** Interactive on any terminal, also where CI is set. */
export function inkOptions(stdout: NodeJS.WriteStream): RenderOptions {
  return {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
    ...(stdout.isTTY ? { interactive: true } : {}),
  };
}
