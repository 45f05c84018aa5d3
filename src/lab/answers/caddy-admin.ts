import { jsonPage, type Moment, type Page } from '../site.ts';
import { caddyfile } from './managed-files.ts';

/** What a hand has loaded stands here, beside the files. */
const loadedPlace = 'caddy:loaded';

/** Caddy's admin API: a Caddyfile whose braces do not match is refused, and the old one goes on. */
export const caddyAdmin: readonly (readonly [string, (moment: Moment, sent?: string) => Page])[] = [
  ['GET http://localhost:2019/config/', (moment) => jsonPage(configOf(loaded(moment)))],
  [
    'POST http://localhost:2019/adapt',
    (_moment, sent = '') => refusal(sent) ?? jsonPage({ warnings: [], result: configOf(sent) }),
  ],
  [
    'POST http://localhost:2019/load',
    (moment, sent = '') => {
      const refused = refusal(sent);
      if (refused) return refused;
      moment.write(loadedPlace, { text: sent, mode: '0644' });
      return { status: 200, contentType: 'application/json', body: '' };
    },
  ],
];

function loaded(moment: Moment): string {
  return moment.written(loadedPlace)?.text ?? caddyfile;
}

/** Stands for the JSON that Caddy makes of it: equal for equal texts. */
function configOf(text: string): { readonly apps: object } {
  return { apps: { http: { lines: text.split('\n').map((line) => line.trim()) } } };
}

function refusal(text: string): Page | null {
  if (text.split('{').length === text.split('}').length) return null;
  return jsonPage(
    { error: 'adapting config using caddyfile adapter: Caddyfile:5: unexpected EOF' },
    400,
  );
}
