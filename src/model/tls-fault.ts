import { type Fault, faultOf } from './fault.ts';

interface Words {
  readonly message: string;
  readonly hint?: string;
}

const trustHint = 'trust its authority with tls.ca, a PEM file';
const unknownAuthority = { message: 'the chain ends in an unknown authority', hint: trustHint };
const noTls = { message: 'answered something that is not TLS', hint: 'is it plain http?' };
const wantsClientCertificate = { message: 'it wants a client certificate' };

/** Node's codes for what OpenSSL refuses (its X509_V_ERR_ and SSL_R_ names) in the operator's words. */
const wordsByCode: Readonly<Record<string, Words>> = {
  CERT_HAS_EXPIRED: { message: 'the certificate has expired', hint: 'renew it' },
  CERT_NOT_YET_VALID: {
    message: 'the certificate is not yet valid',
    hint: 'are the clocks right?',
  },
  CERT_REVOKED: { message: 'the certificate is revoked', hint: 'renew it' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    message: 'the certificate is for another name',
    hint: 'ask it by a name that it holds, or set tls.servername',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: { message: 'the certificate is self-signed', hint: trustHint },
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    message: 'its authority is unknown, or it sends no intermediate certificate',
    hint: trustHint,
  },
  // What https gives where tls gives one of the next three.
  EPROTO: { message: 'TLS could not be agreed', hint: 'is it plain http?' },
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_HTTP_REQUEST: noTls,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: { message: 'it speaks only another version of TLS' },
  ERR_SSL_UNSUPPORTED_PROTOCOL: { message: 'it speaks only another version of TLS' },
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: { message: 'it serves no certificate for this name' },
  ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR: { message: 'it serves no certificate for this name' },
  ERR_SSL_SSL_TLSV1_ALERT_INTERNAL_ERROR: { message: 'it serves no certificate for this name' },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: wantsClientCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: wantsClientCertificate,
};

/** The codes of certificates (verify(1)), of Node's own checks and of OpenSSL's protocol errors. */
const tlsCode =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_CERT_)/;

/** A TLS fault for a code that is one of TLS', null for any other. */
export function tlsFaultOf(code: string): Fault | null {
  if (!tlsCode.test(code)) return null;
  const { message, hint } = wordsByCode[code] ?? { message: `TLS failed (${code})` };
  return faultOf('tls', message, hint === undefined ? {} : { hint });
}
