import type { IncomingMessage, ServerResponse } from 'node:http';
import { fits, type KubeAsked, type KubeWhich } from './kube-asked.ts';
import type { KubeStore } from './kube-store.ts';
import type { createKubeWatches, OpenAnswer } from './kube-watches.ts';

/**
 * What is done instead of serving. `silent`: takes the request and says nothing; `hang-up`: closes the
 * connection; `lines`: accepts a watch, says these lines and goes on as a watch without events.
 */
export type KubeBehaviour =
  | 'silent'
  | 'hang-up'
  | { readonly lines: readonly string[] }
  | {
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

interface KubeRules {
  /** The newest rule that fits wins; the returned function ends it. */
  behave(which: KubeWhich, how: KubeBehaviour): () => void;
  /** Answers what fits only when the returned function is called. */
  hold(which: KubeWhich): () => void;
  serve(answer: OpenAnswer, request: IncomingMessage): void;
}

export function createKubeRules(
  store: KubeStore,
  watches: ReturnType<typeof createKubeWatches>,
): KubeRules {
  const rules: { readonly which: KubeWhich; readonly how: KubeBehaviour | 'hold' }[] = [];
  const held: OpenAnswer[] = [];
  const add = (which: KubeWhich, how: KubeBehaviour | 'hold'): (() => void) => {
    const rule = { which, how };
    rules.push(rule);
    return () => void rules.splice(rules.indexOf(rule), 1);
  };
  const howFor = (asked: KubeAsked) => rules.findLast(({ which }) => fits(asked, which))?.how;
  const serveAs = (how: Exclude<KubeBehaviour, string> | null, answer: OpenAnswer): void => {
    const { asked, response } = answer;
    if (how && 'status' in how) sendKube(response, how.status, how.body, how.headers);
    else if (asked.verb === 'watch') watches.start(answer, how?.lines ?? null);
    else {
      const { status, body } = store.page(asked);
      sendKube(response, status, body);
    }
    asked.status = response.statusCode;
  };
  return {
    behave: add,
    hold: (which) => {
      const end = add(which, 'hold');
      return () => {
        end();
        for (const answer of held.splice(0)) serveAs(null, answer);
      };
    },
    serve: (answer, request) => {
      const how = howFor(answer.asked);
      if (how === 'hang-up') request.socket.destroy();
      else if (how === 'hold') held.push(answer);
      else if (how !== 'silent') serveAs(how ?? null, answer);
    },
  };
}

export function sendKube(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}
