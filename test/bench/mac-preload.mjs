import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before joelclaw, so that a file of this machine is the log of a launchd unit: it takes the
// machine for a Mac, whose launchctl prints the text of the file in LAUNCHCTL_TEXT.
Object.defineProperty(process, 'platform', { value: 'darwin' });
const { spawn } = childProcess;
childProcess.spawn = (program, args, options) =>
  program === '/bin/launchctl'
    ? spawn('/bin/cat', [process.env.LAUNCHCTL_TEXT ?? ''], options)
    : spawn(program, args, options);
syncBuiltinESMExports();
