import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasProgram } from '../support/tiers.ts';
import type { RealNetwork } from './real-network.ts';

const programs = ['curl', 'redis-cli', 'openssl', 'df', 'free'];

/** The programs of the script that this machine lacks: without them there is nothing to compare. */
export function missingPrograms(): readonly string[] {
  return programs.filter((program) => !hasProgram(program));
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
  const { ports, certificates } = caddy;
  const path = join(folder.root, 'status.sh');
  const lines = [
    '#!/bin/sh',
    'set -e',
    `redis-cli -p ${redis.port} ping`,
    `redis-cli -p ${redis.port} info`,
    `curl -fsS --max-time 5 --cacert ${certificates.caFile} --resolve valid.test:${ports.valid}:127.0.0.1 https://valid.test:${ports.valid}/`,
    `curl -fsS --max-time 5 ${quick.url}`,
    ...slow.map(({ url }) => `curl -fsS --max-time 5 ${url}`),
    `openssl s_client -connect 127.0.0.1:${ports.valid} -servername valid.test -CAfile ${certificates.caFile} </dev/null 2>/dev/null | openssl x509 -noout -enddate -checkend 1209600`,
    'df -k /',
    'free',
    'uptime',
    '',
  ];
  await writeFile(path, lines.join('\n'), { mode: 0o755 });
  return path;
}
