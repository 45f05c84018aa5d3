import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaddyServer } from '../support/caddy-server.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { hasProgram } from '../support/tiers.ts';
import type { RealNetwork } from './real-network.ts';

const programs = ['curl', 'redis-cli', 'openssl', 'df', 'free'];

/** The programs of the script that this machine lacks: without them there is nothing to compare. */
export function missingPrograms(more: readonly string[] = []): readonly string[] {
  return [...programs, ...more].filter((program) => !hasProgram(program));
}

/** What is said below a line that has nothing to be compared with. */
export function missingNotes(more: readonly string[] = []): readonly string[] {
  return missingPrograms(more).map(
    (program) => `${program} is not installed: nothing to compare with`,
  );
}

/**
 * Writes the script that an operator would: it asks the same of the same servers, one after another,
 * and fails when one of them does. Returns its path.
 */
export async function writeOperatorScript({
  folder,
  redis,
  caddy,
  quick,
  slow,
}: RealNetwork): Promise<string> {
  const path = join(folder.root, 'status.sh');
  const urls = [quick, ...slow].map(({ url }) => url);
  const lines = [...askRedis(redis), ...askCaddy(caddy), ...urls.map(askPage), ...askHere];
  await writeScript(path, lines);
  return path;
}

/** A script that ends with the first of its lines that fails. */
export function writeScript(path: string, lines: readonly string[]): Promise<void> {
  return writeFile(path, ['#!/bin/sh', 'set -e', ...lines, ''].join('\n'), { mode: 0o755 });
}

/** This machine's disks, memory and load. */
export const askHere: readonly string[] = ['df -k /', 'free', 'uptime'];

export function askRedis({ port }: RedisServer): readonly string[] {
  return [`redis-cli -p ${port} ping`, `redis-cli -p ${port} info`];
}

export function askPage(url: string): string {
  return `curl -fsS --max-time 5 ${url}`;
}

/** Its page, and how long its certificate is good. */
export function askCaddy({ ports: { valid: port }, certificates }: CaddyServer): readonly string[] {
  const ca = certificates.caFile;
  return [
    `curl -fsS --max-time 5 --cacert ${ca} --resolve valid.test:${port}:127.0.0.1 https://valid.test:${port}/`,
    `openssl s_client -connect 127.0.0.1:${port} -servername valid.test -CAfile ${ca} </dev/null 2>/dev/null | openssl x509 -noout -enddate -checkend 1209600`,
  ];
}
