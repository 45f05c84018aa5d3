/** A section's name, what stands in it, and how its program ended. */
export type Framed = readonly [id: string, text: string, exitCode?: number];

/** What a script of ours prints on a machine where its programs say this. */
export function shellAnswer(sections: readonly Framed[]): string {
  const frames = sections.map(
    ([id, text, exitCode = 0]) => `@@BEGIN ${id}\n${text}\n@@END ${id} ${exitCode}\n`,
  );
  return `\n${frames.join('')}@@DONE\n`;
}
