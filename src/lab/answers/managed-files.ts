import { redisManifest } from './cluster-objects.ts';
import { plistText } from './launchctl-text.ts';
import { caddy } from './launchd-units.ts';

/** A file of the repo or of a machine. */
export interface LabFile {
  readonly text: string;
  readonly mode: string;
}

/** Of the repo, and at first on panda. */
export const caddyfile = `{
	admin localhost:2019
}

http://localhost:8443 {
	handle /health {
		reverse_proxy localhost:8288
	}
	handle {
		reverse_proxy localhost:3111
	}
}
`;

const unit = `[Unit]
Description=pdf-brain
After=network-online.target

[Service]
ExecStart=/usr/bin/node /opt/pdf-brain/server.js
Restart=on-failure
DynamicUser=yes

[Install]
WantedBy=multi-user.target
`;

const environment = `INNGEST_EVENT_KEY=
INNGEST_SIGNING_KEY=
REDIS_URL=redis://localhost:6379
`;

const startScript = `#!/bin/sh
set -eu
cd "$HOME/Code/system-bus"
exec bun run src/serve.ts
`;

const sources: Readonly<Record<string, string>> = {
  'infra/launchd/com.joel.caddy.plist': plistText(caddy),
  'infra/caddy/Caddyfile': caddyfile,
  'infra/systemd/pdf-brain.service': unit,
  'infra/env/worker.env.example': environment,
  'infra/worker/start.sh': startScript,
  'k8s/redis.yaml': redisManifest,
};

const live: Readonly<Record<string, LabFile>> = {
  'panda:~/Library/LaunchAgents/com.joel.caddy.plist': { text: plistText(caddy), mode: '0644' },
  'panda:~/.local/caddy/Caddyfile': { text: caddyfile, mode: '0644' },
  'panda:~/.config/system-bus.env': {
    text: environment.replace('EVENT_KEY=', 'EVENT_KEY=kept-here'),
    mode: '0600',
  },
  'panda:~/.local/bin/worker-start': { text: startScript, mode: '0755' },
  'clanker-001:/etc/systemd/system/pdf-brain.service': { text: unit, mode: '0644' },
};

/** By `repo:path` and `host:/path`; null is not there. */
export type ManagedFiles = ReadonlyMap<string, LabFile | null>;

/** The repo, and machines where everything stands as it says but for what is given. */
export function managedFiles(
  otherwise: Readonly<Record<string, LabFile | null>> = {},
): ManagedFiles {
  const repo = Object.entries(sources).map(
    ([path, text]) => [`repo:${path}`, { text, mode: '0644' }] as const,
  );
  const record = ['repo:applied.json', null] as const;
  return new Map([...repo, record, ...Object.entries({ ...live, ...otherwise })]);
}

/** What hands have done since: a route added, a key dropped, a script deleted. */
export const editedByHand: Readonly<Record<string, LabFile | null>> = {
  'panda:~/.local/caddy/Caddyfile': {
    text: caddyfile.replace('reverse_proxy localhost:3111', 'respond "back soon" 503'),
    mode: '0644',
  },
  'panda:~/.config/system-bus.env': {
    text: environment.replace('INNGEST_SIGNING_KEY=\n', ''),
    mode: '0644',
  },
  'panda:~/.local/bin/worker-start': null,
};
