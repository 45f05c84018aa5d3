import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FaultCode, faultCodes, faultOf, stateOfFault } from '../../src/model/fault.ts';
import type { NodeReport, ServiceReport } from '../../src/model/report.ts';
import { classOf, type State, statesWorstFirst, worstState } from '../../src/model/state.ts';
import { summarize } from '../../src/model/summarize.ts';
import { anyState } from './made.ts';

describe('states', () => {
  it('stand worst first as the contract lists them', () => {
    expect(statesWorstFirst.join(', ')).toBe('down, degraded, unknown, suppressed, up, idle, n/a');
  });

  it('have a worst one that is among them and that no other is worse than', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1 }), (states) => {
        const rank = (state: State): number => statesWorstFirst.indexOf(state);
        expect(rank(worstState(states))).toBe(Math.min(...states.map(rank)));
      }),
    );
  });

  it('of nothing are n/a', () => {
    expect(worstState([])).toBe('n/a');
  });

  it.each<[State, string]>([
    ['down', 'bad'],
    ['degraded', 'bad'],
    ['unknown', 'unmeasured'],
    ['suppressed', 'unmeasured'],
    ['up', 'good'],
    ['idle', 'good'],
    ['n/a', 'good'],
  ])('%s is %s', (state, expected) => {
    expect(classOf(state)).toBe(expected);
  });
});

describe('a fault', () => {
  const table: readonly [FaultCode, State][] = [
    ['refused', 'down'],
    ['timeout', 'down'],
    ['unreachable', 'down'],
    ['tls', 'down'],
    ['protocol', 'down'],
    ['not-found', 'down'],
    ['dns', 'unknown'],
    ['tool-missing', 'unknown'],
    ['auth', 'unknown'],
    ['forbidden', 'unknown'],
    ['host-key', 'unknown'],
    ['aborted', 'unknown'],
    ['stale', 'unknown'],
  ];

  it.each(table)('%s makes a check %s', (code, state) => {
    expect(stateOfFault(faultOf(code, 'x'))).toBe(state);
  });

  it('of every code stands in the table', () => {
    expect(table.map(([code]) => code).toSorted()).toEqual(faultCodes.toSorted());
  });

  it('of a name that does not exist is the target’s side, so down', () => {
    expect(stateOfFault(faultOf('dns', 'no such name', { side: 'target' }))).toBe('down');
  });

  it('has a hint only when one is given', () => {
    expect(faultOf('auth', 'no')).toEqual({ code: 'auth', side: 'prober', message: 'no' });
    expect(faultOf('auth', 'no', { hint: 'ask' }).hint).toBe('ask');
  });
});

interface Counted {
  readonly nodes?: readonly State[];
  readonly services?: readonly State[];
  readonly critical?: readonly State[];
  readonly functions?: State;
}

function summaryOf({ nodes = [], services = [], critical = [], functions = 'n/a' }: Counted) {
  const service = (isCritical: boolean) => (state: State) =>
    ({ state, critical: isCritical }) as ServiceReport;
  return summarize(
    nodes.map((state) => ({ state }) as NodeReport),
    [...services.map(service(false)), ...critical.map(service(true))],
    { state: functions },
  );
}

describe('the whole', () => {
  it.each<[string, Counted, State]>([
    ['a host is down', { nodes: ['up', 'down'] }, 'down'],
    ['a critical service is down', { nodes: ['up'], critical: ['down'] }, 'down'],
    ['an uncritical service is down', { nodes: ['up'], services: ['down'] }, 'degraded'],
    ['a host is degraded', { nodes: ['degraded'] }, 'degraded'],
    ['a critical service is degraded', { critical: ['degraded'] }, 'degraded'],
    [
      'something is degraded and something unknown',
      { services: ['unknown', 'degraded'] },
      'degraded',
    ],
    ['functions are degraded', { nodes: ['up'], functions: 'degraded' }, 'degraded'],
    ['functions are down', { nodes: ['up'], functions: 'down' }, 'degraded'],
    ['functions are unknown', { nodes: ['up'], functions: 'unknown' }, 'up'],
    ['a host is unknown', { nodes: ['unknown', 'up'] }, 'unknown'],
    ['a service is unknown', { nodes: ['up'], services: ['unknown'] }, 'unknown'],
    ['a critical service is unknown', { nodes: ['up'], critical: ['unknown'] }, 'unknown'],
    ['the rest is up, idle or n/a', { nodes: ['up'], services: ['idle', 'n/a', 'up'] }, 'up'],
    ['nothing is counted', {}, 'up'],
  ])('when %s is as the contract says', (_title, counted, state) => {
    expect(summaryOf(counted).state).toBe(state);
  });

  it('counts hosts and services, every state a key in the contract’s order', () => {
    const summary = summaryOf({ nodes: ['up', 'down'], services: ['up', 'idle', 'n/a'] });
    expect(JSON.stringify(summary)).toBe(
      '{"state":"down","up":2,"degraded":0,"down":1,"unknown":0,"suppressed":0,"idle":1,"n/a":1}',
    );
  });
});
