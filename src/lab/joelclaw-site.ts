import { aroundUnits, disabledOverrides } from './answers/around-units.ts';
import { clankerAudit } from './answers/audit/clanker.ts';
import { macAudit } from './answers/audit/mac.ts';
import { nasAudit } from './answers/audit/nas.ts';
import { caddyAdmin } from './answers/caddy-admin.ts';
import { appliedObjects } from './answers/cluster-objects.ts';
import { type InngestTrouble, inngestGraphql, runNamed } from './answers/inngest.ts';
import { eventApi, withMutations, workerRegisters } from './answers/inngest-hands.ts';
import { kubernetes } from './answers/kubernetes.ts';
import { kubernetesLogs } from './answers/kubernetes-logs.ts';
import { launchctl, launchctlScripts, unitPlists } from './answers/launchctl.ts';
import { type Unit, wellUnits } from './answers/launchd-units.ts';
import { macPrograms } from './answers/macos.ts';
import { managedFiles } from './answers/managed-files.ts';
import { restingRedis } from './answers/redis-info.ts';
import {
  caddyToInngest,
  inngestHealth,
  pandaCertificate,
  pdfBrain,
  qdrantReady,
} from './answers/services.ts';
import { sipBridge } from './answers/sip-bridge.ts';
import { clanker, threeBody } from './answers/ssh-hosts.ts';
import { ssOf, systemctl, systemctlVerbs, withPolkit } from './answers/systemctl.ts';
import { peerTargets, tailscaleStatus } from './answers/tailscale.ts';
import { virtualMachine } from './answers/virtual-machine.ts';
import { longRunning, workerIntrospection, workerPage } from './answers/worker.ts';
import { labInventoryText } from './inventory.ts';
import type { Site } from './site.ts';

/** The programs of panda, with launchd looking after these units, and of clanker-001. */
export function programsWith(units: readonly Unit[]): Site['programs'] {
  const programs = {
    ...macPrograms,
    '/bin/sh': virtualMachine,
    ...aroundUnits(units),
    '/bin/launchctl': launchctl(units),
    sh: launchctlScripts(units),
    tailscale: tailscaleStatus,
  };
  const ofPanda = Object.entries(programs).map(
    ([path, program]) => [`panda:${path}`, program] as const,
  );
  return new Map([
    ...ofPanda,
    ['clanker-001:env', systemctl([sipBridge])],
    ['clanker-001:systemctl', systemctlVerbs([sipBridge])],
    ['clanker-001:sh', withPolkit],
    ['clanker-001:/bin/sh', clanker],
    ['clanker-001:ss', ssOf([sipBridge])],
    ['three-body:/bin/sh', threeBody],
  ]);
}

/** Where the worker tells of itself. */
export const workerIndex = 'GET http://localhost:3111/';
const inngestQueries = 'POST http://localhost:8288/v0/gql';

/** The pages of the network, with an Inngest server in some trouble. */
export function pagesWith(trouble: InngestTrouble): Site['pages'] {
  return new Map([
    ...joelclawSite.pages,
    [inngestQueries, withMutations(inngestGraphql(trouble), runNamed)],
  ]);
}

/** joelclaw's network with everything well; a scenario is this with something else in its place. */
export const joelclawSite: Site = {
  inventoryText: labInventoryText,
  platforms: new Map([
    ['panda', 'darwin'],
    ['clanker-001', 'linux'],
    ['three-body', 'linux'],
  ]),
  pages: new Map([
    ['GET http://localhost:8288/health', inngestHealth],
    ['GET http://localhost:6333/readyz', qdrantReady],
    [inngestQueries, withMutations(inngestGraphql(), runNamed)],
    ['POST http://localhost:8288/e/dev', eventApi],
    ['PUT http://localhost:3111/api/inngest', workerRegisters],
    [workerIndex, workerPage(longRunning)],
    ['GET http://localhost:3111/api/inngest', workerIntrospection],
    ['GET http://localhost:8443/health', caddyToInngest],
    ['GET http://clanker-001:3847/', pdfBrain],
    ...caddyAdmin,
  ]),
  // Caddy's own, of which the lab's checks ask another way.
  ports: ['localhost:443'],
  certificates: new Map([['localhost:9443', pandaCertificate]]),
  redis: new Map([['redis://localhost:6379', restingRedis]]),
  programs: programsWith(wellUnits),
  audits: new Map([
    ['panda', macAudit],
    ['clanker-001', clankerAudit],
    ['three-body', nasAudit],
  ]),
  files: new Map(
    [...unitPlists(wellUnits), [disabledOverrides.path, disabledOverrides.text] as const].map(
      ([path, text]) => [`panda:${path}`, text],
    ),
  ),
  managed: managedFiles(),
  objects: appliedObjects,
  clusters: kubernetes(),
  podLogs: kubernetesLogs(),
  silent: peerTargets,
  troubleOf: () => null,
};
