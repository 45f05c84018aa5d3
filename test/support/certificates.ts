import './reflect.ts';
import { webcrypto } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Loaded only after the polyfill: static imports of a package may be moved before it.
const x509 = await import('@peculiar/x509');

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;

/** A certificate with its key, as PEM text and as files. */
interface Certificate {
  readonly pem: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export interface Certificates {
  /** PEM text of the authority that has signed all but `selfSigned`. */
  readonly ca: string;
  readonly caFile: string;
  readonly folder: string;
  /** For `valid.test`, localhost and 127.0.0.1, until 90 days from now. */
  readonly valid: Certificate;
  /** For `expired.test`, until yesterday. */
  readonly expired: Certificate;
  /** For `other.test`, whatever name it is asked by. */
  readonly wrongName: Certificate;
  /** For `self.test`, signed by itself. */
  readonly selfSigned: Certificate;
}

/** Makes an authority of its own and certificates of every trouble, in a new temporary folder. */
export async function makeCertificates(): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto as never);
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-certificates-'));
  const ca = await issue({ name: 'joelclaw test authority', names: [], until: 3650 });
  const sign = { folder, issuer: ca };
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca.certificate.toString('pem'));
  return {
    ca: ca.certificate.toString('pem'),
    caFile,
    folder,
    valid: await leaf('valid', sign, { names: ['valid.test', 'localhost', '127.0.0.1'] }),
    expired: await leaf('expired', sign, { names: ['expired.test'], until: -1 }),
    wrongName: await leaf('wrong-name', sign, { names: ['other.test'] }),
    selfSigned: await leaf('self-signed', { folder }, { names: ['self.test'] }),
  };
}

interface Issued {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly certificate: InstanceType<typeof x509.X509Certificate>;
}

interface Wanted {
  readonly name: string;
  readonly names: readonly string[];
  /** In days from now. */
  readonly until: number;
  readonly issuer?: Issued;
}

async function leaf(
  file: string,
  { folder, issuer }: { readonly folder: string; readonly issuer?: Issued },
  { names, until = 90 }: { readonly names: readonly string[]; readonly until?: number },
): Promise<Certificate> {
  const name = names[0] ?? file;
  const made = await issue({ name, names, until, ...(issuer ? { issuer } : {}) });
  const key = await webcrypto.subtle.exportKey('pkcs8', made.keys.privateKey);
  const certFile = join(folder, `${file}.crt`);
  const keyFile = join(folder, `${file}.key`);
  const pem = made.certificate.toString('pem');
  await writeFile(certFile, pem);
  await writeFile(keyFile, x509.PemConverter.encode(key, 'PRIVATE KEY'));
  return { pem, certFile, keyFile };
}

async function issue({ name, names, until, issuer }: Wanted): Promise<Issued> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const authority = names.length === 0;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex'),
    subject: `CN=${name}`,
    issuer: issuer?.certificate.subject ?? `CN=${name}`,
    notBefore: new Date(Date.now() - 30 * dayMs),
    notAfter: new Date(Date.now() + until * dayMs),
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(authority, undefined, true),
      ...(authority ? [] : [new x509.SubjectAlternativeNameExtension(names.map(generalName))]),
    ],
  });
  return { keys, certificate };
}

function generalName(name: string): { readonly type: 'ip' | 'dns'; readonly value: string } {
  return { type: /^[\d.]+$/.test(name) ? 'ip' : 'dns', value: name };
}
