import * as z from 'zod';
import { defineKind } from '../contract.ts';
import { deeds } from './deeds.ts';
import { judge } from './judge.ts';
import { logs } from './logs.ts';
import { observe } from './observe.ts';

const spec = z.strictObject({ label: z.string().min(1) });

/** A unit of launchd on this Mac: services run, watchers and timers have ended well. */
export const launchd = defineKind({
  kind: 'launchd',
  summary: 'A launchd service runs; a watcher or timer is idle and its last run ended well.',
  spec,
  onHost: true,
  observe: ({ label }, context) => observe(label, context),
  judge,
  deeds,
  logs,
});
