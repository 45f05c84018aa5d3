import { describe, expect, it } from 'vitest';
import { bind } from '../../src/kinds/bind.ts';
import { refuseCheck } from '../../src/kinds/refuse-check.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultCodes, faultOf, stateOfFault } from '../../src/model/fault.ts';
import { head, inventoryOf } from '../inventory/read.ts';
import { localHost, look, sshHost, verdictOf } from './look.ts';
import { type Call, said, strictTransports } from './strict-transports.ts';
import { show } from './systemd/ask.ts';

const spec = { host: 'h', port: 1 };
const answering = (answer: object) => [{ verb: 'tcp' as const, request: spec, answer }];
const well = { latencyMs: 3 };

describe('a check that is run', () => {
  it.each(faultCodes)('and meets the fault %s has it, and its state', async (code) => {
    const fault = faultOf(code, `it is ${code}`, { hint: 'try this' });
    const result = await look({ kind: 'tcp', spec, calls: answering(new FaultError(fault)) });
    expect(result).toMatchObject({ fault, facts: {}, parts: [], latencyMs: null });
    expect(result.verdict).toEqual({ state: stateOfFault(fault), note: `it is ${code}` });
  });

  it('and meets any other error is unknown: it is our bug and shows its stack', async () => {
    const result = await look({ kind: 'tcp', spec, calls: answering(new TypeError('x is not y')) });
    expect(result.verdict.state).toBe('unknown');
    expect(result.verdict.note).toMatch(
      /^our bug: TypeError: x is not y +at .*run-check\.test\.ts/,
    );
    expect(result.fault?.hint).toContain('report it');
  });

  it('and asks for what nobody expects is our bug too', async () => {
    const result = await look({ kind: 'tcp', spec, calls: [] });
    expect(result.verdict.note).toContain('our bug: Error: unexpected tcp {"host":"h","port":1}');
  });

  it('and is aborted says so, whatever the transport threw', async () => {
    const refused = new FaultError(faultOf('refused', 'connection refused'));
    const signal = AbortSignal.abort();
    const result = await look({ kind: 'tcp', spec, calls: answering(refused), signal });
    expect(result.fault?.code).toBe('aborted');
    expect(verdictOf(result)).toBe('unknown: not measured: the run ended first');
  });

  it('is dated by the transports’ clock and bears its id', async () => {
    const result = await look({ kind: 'tcp', spec, calls: answering(well) });
    expect(result).toMatchObject({
      check: 'panda/x/tcp',
      at: '2026-02-18T09:00:00.000Z',
      fault: null,
    });
  });

  it('shows neither control sequences nor secrets of a fault and its hint', async () => {
    const fault = faultOf('auth', '\u001b[31mWRONGPASS\u001b[0m hunter22\r\nx', {
      hint: 'not hunter22',
    });
    const result = await look({
      kind: 'tcp',
      spec,
      calls: answering(new FaultError(fault)),
      secrets: ['hunter22'],
    });
    expect(result.fault).toMatchObject({ message: 'WRONGPASS ••• x', hint: 'not •••' });
    expect(result.verdict.note).toBe('WRONGPASS ••• x');
  });

  it('shows no control sequence of its facts', async () => {
    const calls = answering({ latencyMs: 3, server: '220 \u001b]0;owned\u0007hello' });
    const { facts } = await look({ kind: 'tcp', spec, calls });
    expect(facts['server']).toBe('220 hello');
  });
});

describe('a check of a machine that must be this one', () => {
  const here = { ...localHost, hostname: 'panda' };

  it.each(['panda', 'Panda', 'panda.local', 'PANDA.tail7af24.ts.net'])(
    'is run on %s',
    async (hostname) => {
      const result = await look({
        kind: 'tcp',
        spec,
        calls: answering(well),
        host: here,
        hostname,
      });
      expect(result.verdict.state).toBe('up');
    },
  );

  it.each(['pandas', 'laptop', ''])(
    'is unknown on "%s", asks nothing, and says what to do',
    async (hostname) => {
      const result = await look({ kind: 'tcp', spec, calls: [], host: here, hostname });
      expect(verdictOf(result)).toBe(`unknown: this machine is ${hostname}, not panda`);
      expect(result.fault).toMatchObject({
        code: 'tool-missing',
        hint: "run joelclaw on panda, or set hosts[].hostname to this machine's name",
      });
    },
  );

  it('is not another one whose address begins alike', async () => {
    const host = { ...localHost, hostname: '10.0.0.5' };
    const result = await look({ kind: 'tcp', spec, calls: [], host, hostname: '10.0.0.6' });
    expect(verdictOf(result)).toBe('unknown: this machine is 10.0.0.6, not 10.0.0.5');
  });

  it('is run anywhere when the host is reached by ssh', async () => {
    const host = { ...sshHost, hostname: 'nas' };
    const result = await look({
      kind: 'tcp',
      spec,
      calls: answering(well),
      host,
      hostname: 'laptop',
    });
    expect(result.verdict.state).toBe('up');
  });
});

it('a check that is refused answers unknown and touches nothing', async () => {
  const text = `${head}services: [{name: x, host: a, checks: [{kind: command, argv: [id]}]}]\n`;
  const bound = bind(inventoryOf(text)).checks.find(({ kind }) => kind === 'command');
  if (!bound) throw new Error('the command is not bound');
  const refused = refuseCheck(bound, { message: 'not trusted', hint: 'joelclaw trust' });
  const { transports } = strictTransports([]);
  const result = await refused.run({
    transports,
    signal: new AbortController().signal,
    previous: null,
  });
  expect(refused.id).toBe('a/x/command');
  expect(result).toMatchObject({
    check: 'a/x/command',
    verdict: { state: 'unknown', note: 'not trusted' },
    fault: { code: 'forbidden', hint: 'joelclaw trust' },
  });
});

describe('a unit behind ssh that nobody can look at', () => {
  const late = new FaultError(faultOf('timeout', 'systemctl did not end within 5 s'));
  const calls = (host: string): readonly Call[] => [
    { ...show(['x.service'], said(''), { host }), answer: late },
  ];
  const unit = { kind: 'systemd', spec: { unit: 'x.service' } } as const;

  it('is unknown: the way there is the host’s own check’s', async () => {
    const result = await look({ ...unit, host: sshHost, calls: calls('nas') });
    expect(verdictOf(result)).toBe('unknown: systemctl did not end within 5 s');
    expect(result.fault).toMatchObject({ code: 'timeout', side: 'prober' });
  });

  it('is as the fault says on this machine', async () => {
    expect((await look({ ...unit, calls: calls('panda') })).verdict.state).toBe('down');
  });
});
