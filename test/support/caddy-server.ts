import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Certificates, makeCertificates } from './certificates.ts';
import { freePort } from './free-port.ts';
import { type Started, startProgram } from './start-program.ts';

export interface CaddyServer extends Started {
  readonly certificates: Certificates;
  /** One port for each certificate. */
  readonly ports: Readonly<Record<'valid' | 'expired' | 'wrongName' | 'selfSigned', number>>;
}

/** A real Caddy on 127.0.0.1: a TLS site for each certificate, answering `{"status":"running"}`. */
export async function startCaddy(): Promise<CaddyServer> {
  const certificates = await makeCertificates();
  const ports = {
    valid: await freePort(),
    expired: await freePort(),
    wrongName: await freePort(),
    selfSigned: await freePort(),
  };
  const sites = (Object.keys(ports) as (keyof typeof ports)[]).map((name) => {
    const { certFile, keyFile } = certificates[name];
    return `https://:${ports[name]} {
  bind 127.0.0.1
  tls ${certFile} ${keyFile}
  header Content-Type application/json
  respond \`{"status":"running"}\`
}`;
  });
  const { folder } = certificates;
  const options = '{\n  admin off\n  auto_https disable_redirects\n}';
  const caddyfile = join(folder, 'Caddyfile');
  await writeFile(caddyfile, [options, ...sites, ''].join('\n'));
  const server = await startProgram(
    ['caddy', 'run', '--config', caddyfile, '--adapter', 'caddyfile'],
    {
      ready: /serving initial configuration/,
      folder,
      env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    },
  );
  return { ...server, certificates, ports };
}
