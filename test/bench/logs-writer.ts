import { appendFileSync } from 'node:fs';
import { logLine } from './logs-network.ts';

// Appends so many lines a second to a file, a twentieth at a time, until it is ended.
const [path = '', perSecond = '0'] = process.argv.slice(2);
const piece = Number(perSecond) / 20;
let number = 0;
setInterval(() => {
  const lines = Array.from({ length: piece }, () => logLine(number++));
  appendFileSync(path, lines.join(''));
}, 50);
