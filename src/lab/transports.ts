import type { Clock, TcpRequest, Transports } from '../transports/contract.ts';
import { auditIn, isAudit } from './audit.ts';
import { createCall } from './call.ts';
import { clustersIn } from './clusters.ts';
import { filesIn } from './files.ts';
import { createHands, type Hands } from './hands.ts';
import { keptCall, type Room, unexpected } from './room.ts';
import {
  listeningAt,
  type Moment,
  refusedBy,
  type Site,
  sshTarget,
  type Trouble,
  targetOfUrl,
} from './site.ts';
import type { TroubledWorld } from './world.ts';

/** Of the user of the simulated machines. */
const home = '/Users/joel';

/**
 * The transports over a simulated site. What the site does not know is no expected trouble but a
 * bug of the lab or of who asks: it throws a plain Error, which shows as "our bug".
 */
export function createLabTransports(
  site: Site,
  { clock, world: whole }: { readonly clock: Clock; readonly world: TroubledWorld },
): Transports {
  const startMs = clock.now();
  const hands = createHands(clock);
  const world = withoutClosed(whole, hands);
  const isWell = (target: string): boolean => world.troubleOf(target) === null;
  const { isMended } = world;
  const moment = (): Moment => ({ nowMs: clock.now(), startMs, isWell, isMended, ...hands });
  const counted = { connections: 0, processes: 0, kept: new Set<string>() };
  const room: Room = { site, call: createCall(clock, world), counted, moment };
  return {
    clock,
    hostname: 'panda',
    machine: async ({ name }) => {
      const system = site.platforms.get(name) ?? unexpected(`machine of ${name}`);
      return { system, uid: 501 };
    },
    exec: execIn(room),
    http: httpIn(room),
    tcp: tcpIn(room),
    tls: tlsIn(room),
    redis: redisIn(room),
    ...clustersIn(room),
    readFile: async (on, path) =>
      site.files.get(`${on?.name}:${path.replace(/^~/, home)}`) ??
      unexpected(`readFile ${on?.name ?? 'here'}:${path}`),
    ...filesIn(room, hands),
    tailFile: tailIn(room),
    diskUsage: async ({ name }, mount) => unexpected(`diskUsage ${name}:${mount}`),
    counts: () => ({ connections: counted.connections, processes: counted.processes }),
    close: async () => counted.kept.clear(),
  };
}

/** Where a hand has stopped a unit nobody listens, whatever the scenario says. */
function withoutClosed(world: TroubledWorld, { isClosed }: Hands): TroubledWorld {
  const troubleOf = (target: string): Trouble | null =>
    isClosed(target) ? refusedBy(target) : world.troubleOf(target);
  return { ...world, troubleOf };
}

function execIn(room: Room): Transports['exec'] {
  const { site, call, counted, moment } = room;
  return async (request, options) => {
    if (isAudit(request)) return auditIn(room, request, options);
    const { on, argv } = request;
    const [program, ...args] = argv;
    const run = site.programs.get(`${on.name}:${program}`);
    const end = run?.(args, moment());
    if (end == null) return unexpected(`exec on ${on.name}: ${[program, ...args].join(' ')}`);
    if (on.access === 'ssh') await keptCall(room, sshTarget(on.name), options);
    else counted.processes++;
    await call(`exec:${on.name}:${program}`, options);
    const output = typeof end === 'string' ? { exitCode: 0, stdout: end, stderr: '' } : end;
    return { ...output, signal: null, truncated: false };
  };
}

/** What a unit says as it starts; nothing is written to a log of the lab after that. */
function tailIn({ site, call, moment }: Room): Transports['tailFile'] {
  return async ({ on, path, after }, options) => {
    const text = site.programs.get(`${on?.name}:tail`)?.(['-c', '4096', path], moment());
    if (typeof text !== 'string') return unexpected(`tailFile ${on?.name ?? 'here'}:${path}`);
    await call('files', options);
    const place = { id: path, offset: text.length, print: '' };
    return { text: after ? '' : text, place, skippedBytes: 0, wasReplaced: false };
  };
}

function httpIn(room: Room): Transports['http'] {
  return async ({ url, method, body: sent }, options) => {
    const answer = room.site.pages.get(`${method} ${url}`);
    if (!answer) return unexpected(`http ${method} ${url}`);
    const latencyMs = await keptCall(room, targetOfUrl(url), options);
    const { status, contentType, body } = answer(room.moment(), sent);
    return { status, headers: { 'content-type': contentType }, body, truncated: false, latencyMs };
  };
}

function tcpIn({ site, call, counted }: Room): Transports['tcp'] {
  const listening = listeningAt(site);
  return async ({ host, port }: TcpRequest, options) => {
    const target = `${host}:${port}`;
    if (!listening.has(target)) return unexpected(`tcp ${target}`);
    const latencyMs = await call(target, options);
    counted.connections++;
    return { latencyMs };
  };
}

function tlsIn({ site, call, counted, moment }: Room): Transports['tls'] {
  return async ({ host, port, servername }, options) => {
    const certificate = site.certificates.get(`${host}:${port}`)?.(moment());
    if (!certificate) return unexpected(`tls ${host}:${port}`);
    const latencyMs = await call(`${host}:${port}`, options);
    counted.connections++;
    const named = certificate.names.includes(servername);
    return { latencyMs, trouble: named ? null : 'ERR_TLS_CERT_ALTNAME_INVALID', ...certificate };
  };
}

function redisIn(room: Room): Transports['redis'] {
  return async ({ url, commands }, options) => {
    const info = room.site.redis.get(url);
    const words = commands.map((command) => command.join(' '));
    const strange = words.find((command) => command !== 'PING' && command !== 'INFO');
    if (!info || strange !== undefined) return unexpected(`redis ${url} ${words.join(', ')}`);
    const latencyMs = await keptCall(room, targetOfUrl(url), options);
    const replies = words.map((command) => (command === 'PING' ? 'PONG' : info(room.moment())));
    return { latencyMs, replies };
  };
}
