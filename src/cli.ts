// The door. What only wants the version or the help gets it before anything else is read; all the
// rest is one piece further on.
const [word, ...more] = process.argv.slice(2);
const alone = more.length === 0 ? word : undefined;

// A reader that has gone (`| head`) is no error; a full disk is.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.exitCode = 1;
});

if (alone === '--version' || alone === '-V') {
  process.stdout.write(`joelclaw ${process.env['JOELCLAW_VERSION'] ?? 'unreleased'}\n`);
} else if (alone === '--help' || alone === '-h') {
  process.stdout.write((await import('./commands/help.ts')).helpText());
} else {
  process.exitCode = await (await import('./commands/main.ts')).main(process.argv.slice(2));
}
