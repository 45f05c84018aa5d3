import { Box, Text, useApp, useInput, usePaste } from 'ink';
import { memo, type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Cockpit } from './cockpit.ts';
import { keyNames } from './key-name.ts';

/** What the terminal's door needs of Ink once it is mounted. */
export type SuspendTerminal = (during: () => Promise<void>) => Promise<void>;

export interface AppProps {
  readonly cockpit: Cockpit;
  onMount(suspendTerminal: SuspendTerminal): void;
}

/** The cockpit on a terminal: one text per line, one listener for every key. */
export function App({ cockpit, onMount }: AppProps): ReactElement {
  const { lines } = useStore(cockpit.frames);
  const { suspendTerminal } = useApp();
  useInput((input, key) => cockpit.press(...keyNames(input, key)));
  usePaste((text) => cockpit.paste(text));
  useEffect(() => onMount(suspendTerminal), [onMount, suspendTerminal]);
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a screen are their position
        <Row key={index} line={line} />
      ))}
    </Box>
  );
}

/** A line that did not change is not looked at again. */
const Row = memo(function Row({ line }: { readonly line: string }): ReactElement {
  return <Text wrap="truncate">{line}</Text>;
});
