import { type Fault, faultOf } from '../../model/fault.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** OpenSSL's and Node's words (verify(1), ssl(7)) by what they mean for a kubeconfig. */
const unknownAuthority = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_SIGNATURE_|CERT_UNTRUSTED)/;
const noTls = /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST))/;
const ourPem = /^ERR_OSSL_/;

type Words = Pick<ClusterAccess, 'context' | 'kubeconfig' | 'target'>;

/** Null for what is no trouble of its own here. `EPROTO` stands for an alert too: its text tells. */
export function tlsTroubleOf(code: string, text: string, access: Words): Fault | null {
  const { context, kubeconfig, target } = access;
  const told = (as: 'tls' | 'protocol' | 'tool-missing', message: string, hint: string): Fault =>
    faultOf(as, message, { side: 'prober', hint });
  if (/ALERT/.test(code) || /\balert\b/.test(text)) {
    const hint = `the client certificate of context ${context} does not fit ${target}`;
    return told('tls', 'the API server ended the TLS handshake', hint);
  }
  if (noTls.test(code)) {
    const hint = `has another program its port now? compare the server of context ${context} in ${kubeconfig}`;
    return told('protocol', `what answers on ${target} does not speak TLS`, hint);
  }
  if (unknownAuthority.test(code)) {
    const hint = `perhaps another cluster answers on ${target}: the authority of context ${context} does not fit it`;
    return told('tls', "the API server's certificate is of an unknown authority", hint);
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const hint = `ask it by a name that it holds, or set tls-server-name in ${kubeconfig}`;
    return told('tls', "the API server's certificate is for another name", hint);
  }
  if (ourPem.test(code)) {
    const hint = `write context ${context} in ${kubeconfig} anew`;
    return told('tool-missing', 'a certificate or key of the kubeconfig is no PEM', hint);
  }
  return null;
}
