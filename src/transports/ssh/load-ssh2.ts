/** The package as a value: large, and not needed by a network without ssh hosts. */
export type Ssh2 = typeof import('ssh2');

export async function loadSsh2(): Promise<Ssh2> {
  // CommonJS whose names Node cannot tell beforehand: all of it is the default.
  const { default: ssh2 } = (await import('ssh2')) as unknown as { readonly default: Ssh2 };
  return ssh2;
}
