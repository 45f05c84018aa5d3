import { type Certificate, jsonPage, type Moment, type Page } from '../site.ts';

const dayMs = 86_400_000;

/** `GET /health` of a self-hosted Inngest server: a static answer that touches nothing. */
export function inngestHealth(): Page {
  return jsonPage({ status: 200, message: 'OK' });
}

/** Caddy's route to Inngest: without its upstream it answers 502 with an empty body. */
export function caddyToInngest({ isWell }: Moment): Page {
  if (isWell('localhost:8288')) return inngestHealth();
  return { status: 502, contentType: '', body: '' };
}

/** `GET /readyz` of Qdrant. */
export function qdrantReady(): Page {
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: 'all shards are ready' };
}

/** `GET /` of the pdf-brain server; only `documents` is known to matter (its shape is unpublished). */
export function pdfBrain(): Page {
  return jsonPage({ service: 'pdf-brain', status: 'ok', documents: 700, chunks: 393_000 });
}

/** A certificate of `tailscale cert`: Let's Encrypt's, 90 days long, 30 of them gone. */
export function pandaCertificate({ startMs }: Moment): Certificate {
  const name = 'panda.tail7af24.ts.net';
  return {
    subject: name,
    issuer: "Let's Encrypt E7",
    names: [name],
    validFrom: new Date(startMs - 30 * dayMs).toISOString(),
    validTo: new Date(startMs + 60 * dayMs).toISOString(),
    chain: [name, "Let's Encrypt E7", 'ISRG Root X1'],
  };
}
