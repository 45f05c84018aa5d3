/** Where the note of a host lies in the vault: a name that every file system takes, and no hidden one. */
export function notePath(vault: string, host: string): string {
  const name = host.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '');
  return `${vault.replace(/\/+$/, '')}/Resources/tools/${name || 'host'}.md`;
}
