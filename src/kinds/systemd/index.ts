import { defineKind } from '../contract.ts';
import { deeds } from './deeds.ts';
import { judge } from './judge.ts';
import { logs } from './logs.ts';
import { observe } from './observe.ts';
import { systemdSpec } from './spec.ts';

/** A unit of systemd on a Linux host: services run, timers and sockets wait, nothing has failed. */
export const systemd = defineKind({
  kind: 'systemd',
  summary: 'A systemd service runs; a timer or socket waits and its last run ended well.',
  spec: systemdSpec,
  onHost: true,
  together: true,
  observe,
  judge,
  deeds,
  logs,
});
