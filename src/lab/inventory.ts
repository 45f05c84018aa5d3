import { functionNames } from './answers/functions.ts';
import { uidOf } from './answers/kubernetes-words.ts';

/**
 * The lab's inventory.yaml: joelclaw's own network in February 2026, as the contract writes it
 * (interface.md §2). Samples are taken more often than in earnest, so that a scenario is seen to
 * break and mend while one watches.
 */
export const labInventoryText = `version: 1
name: joelclaw-lab
defaults: {interval: 5s, timeout: 5s, failureThreshold: 3, successThreshold: 2}
hosts:
  - {name: panda, description: "Mac Mini M4 Pro, 64 GB", access: local, hostname: panda, tailscale: panda, disks: [/]}
  - name: clanker-001
    access: ssh
    ssh: {host: clanker-001, port: 22, user: joel, identityFile: ~/.ssh/id_ed25519, knownHosts: [~/.ssh/known_hosts], proxyJump: null}
    tailscale: clanker-001
    disks: [/]
  - name: three-body
    description: "NAS, 64 TB"
    access: ssh
    ssh: {host: three-body, port: 22, user: joel, identityFile: ~/.ssh/id_ed25519, knownHosts: [~/.ssh/known_hosts]}
    tailscale: three-body
    disks: [/volume1, /volume2]
clusters:
  - {name: joelclaw, host: panda, kubeconfig: ~/.kube/config, context: admin@joelclaw, uid: ${uidOf('namespace kube-system')}, namespaces: [joelclaw], dependsOn: [panda/talos]}
services:
  - name: inngest
    host: panda
    port: 8288
    manager: {kind: k8s, cluster: joelclaw, workload: statefulset/inngest}
    checks: [{kind: http, url: "http://localhost:8288/health", json: {status: 200}}]
    critical: true
  - name: qdrant
    host: panda
    port: 6333
    manager: {kind: k8s, cluster: joelclaw, workload: statefulset/qdrant}
    checks: [{kind: http, url: "http://localhost:6333/readyz", text: ready}]
  - name: redis
    host: panda
    port: 6379
    manager: {kind: k8s, cluster: joelclaw, workload: statefulset/redis}
    checks: [{kind: redis, url: "redis://localhost:6379"}]
    critical: true
  - name: worker
    host: panda
    port: 3111
    manager: {kind: launchd, label: com.joel.system-bus-worker}
    checks:
      - {kind: http, url: "http://localhost:3111/", status: 200, json: {status: running}, count: functions, unit: functions, startedAt: worker.startedAt}
    dependsOn: [panda/inngest]
    critical: true
  - name: caddy
    description: TLS proxy
    host: panda
    port: 443
    manager: {kind: launchd, label: com.joel.caddy}
    checks:
      - {kind: tls, host: localhost, port: 9443, servername: panda.tail7af24.ts.net}
      - {kind: http, url: "http://localhost:8443/health", dependsOn: [panda/inngest]}
    critical: true
  - name: vault-sync
    description: FSEvents watcher
    host: panda
    manager: {kind: launchd, label: com.joel.vault-log-sync}
  - name: adr-sync
    description: WatchPaths watcher
    host: panda
    manager: {kind: launchd, label: com.joel.adr-sync-watcher}
  - name: colima
    description: VM of the containers
    host: panda
    checks:
      - kind: command
        argv: [/bin/sh, -c, "exec ssh -F ~/.colima/_lima/colima/ssh.config -o BatchMode=yes -o ConnectTimeout=4 lima-colima true"]
  - name: docker
    description: Docker's socket on this Mac
    host: panda
    checks:
      - kind: command
        argv: [/bin/sh, -c, "exec docker -H unix://$HOME/.colima/default/docker.sock info --format '{{.ServerVersion}}'"]
        stdout: ^[0-9]
    dependsOn: [panda/colima]
  - name: talos
    description: the cluster's node, a container
    host: panda
    checks:
      - kind: command
        argv: [/bin/sh, -c, "exec docker -H unix://$HOME/.colima/default/docker.sock inspect --format '{{.State.Status}}' joelclaw-controlplane-1"]
        stdout: ^running
    dependsOn: [panda/docker]
  - name: pdf-brain
    host: clanker-001
    port: 3847
    manager: {kind: none}
    checks: [{kind: http, url: "http://clanker-001:3847/", count: documents, unit: docs}]
inngest:
  - {name: inngest, url: "http://localhost:8288", worker: "http://localhost:3111/api/inngest", app: system-bus, expect: [${functionNames.join(', ')}], eventKey: "\${INNGEST_EVENT_KEY:-}"}
tailscale: {enabled: true}
files:
  - {source: infra/launchd/com.joel.caddy.plist, kind: launchd, host: panda, destination: ~/Library/LaunchAgents/, service: panda/caddy}
  - {source: infra/caddy/Caddyfile, kind: caddyfile, host: panda, destination: ~/.local/caddy/Caddyfile, service: panda/caddy}
  - {source: infra/systemd/pdf-brain.service, kind: systemd, host: clanker-001, destination: /etc/systemd/system/, service: clanker-001/pdf-brain}
  - {source: k8s/redis.yaml, kind: k8s, cluster: joelclaw, service: panda/redis}
  - {source: infra/env/worker.env.example, kind: env, host: panda, destination: ~/.config/system-bus.env, service: panda/worker}
  - {source: infra/worker/start.sh, kind: file, host: panda, destination: ~/.local/bin/worker-start, mode: "0755", service: panda/worker}
alerts:
  channels: [{kind: ntfy, url: "\${NTFY_URL:-}"}, {kind: slack, url: "\${SLACK_URL:-}"}, {kind: webhook, url: "\${HOOK:-}"}]
  heartbeat: "\${HEARTBEAT_URL:-}"
`;
