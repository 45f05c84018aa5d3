import type { RunningUnit } from './systemctl.ts';

/** LiveKit SIP on clanker-001: for six days when the lab began. */
export const sipBridge: RunningUnit = {
  host: 'clanker-001',
  name: 'livekit-sip.service',
  pid: 1187,
  port: 5060,
  startedMs: 6 * 86_400_000,
};
