import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../src/audit/collect/answers.ts';
import { collectFrom } from '../../../src/audit/collect/collect.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { ExecRequest, Transports } from '../../../src/transports/contract.ts';
import { there, within } from '../../support/calls.ts';

const atMs = 1_800_000_000_000;
const whole =
  '\n@@BEGIN clock\n|1800000060\n\n!\n!@@RC 0\n@@END clock\n\n@@BEGIN id\n|uid=0\n!@@RC 0\n@@END id\n\n@@DONE\n';

/** A host that says this and then ends so; what it was asked is kept. */
function host(said: readonly string[], end: Partial<{ error: unknown; exitCode: number }>) {
  const asked: ExecRequest[] = [];
  const probes: string[] = [];
  const transports = {
    clock: { now: () => atMs },
    exec: async (request: ExecRequest) => {
      asked.push(request);
      for (const text of said) request.heard?.(text);
      if (end.error) throw end.error;
      const output = { stdout: '', stderr: '', truncated: false, signal: null };
      return { ...output, exitCode: end.exitCode ?? 0 };
    },
  } as unknown as Transports;
  const collect = (timeoutMs = 30_000, pages = [{ port: 3847, path: '/health' }]) =>
    collectFrom({
      ...{ host: there, pages, transports, options: within(timeoutMs) },
      onProbe: (id) => probes.push(id),
    });
  return { asked, probes, collect };
}

describe('the collection', () => {
  it('is one program that is told its time and the pages; it is told of each probe as it begins', async () => {
    const { asked, probes, collect } = host([whole.slice(0, 15), whole.slice(15)], {});
    const { cutOff, skewMs, answers } = await collect();
    expect({ cutOff, skewMs, probes }).toEqual({
      ...{ cutOff: null, skewMs: 60_000, probes: ['clock', 'id'] },
    });
    expect(answerOf(answers, 'id').text).toBe('uid=0');
    expect(asked.map(({ argv }) => argv)).toEqual([
      ['/bin/sh', '-s', '--', '27', '3847', '/health'],
    ]);
    // It has a moment to come to its end by itself, and some time however short the deadline is.
    await collect(10_000, []);
    await collect(1000, []);
    expect(asked.slice(1).map(({ argv }) => argv[3])).toEqual(['7', '2']);
  });

  it.each([
    ['a lost connection', faultOf('protocol', 'the connection was lost')],
    ['a deadline', faultOf('timeout', 'sh did not end within 30 s')],
    ['a flood', faultOf('protocol', 'sh said more than 2 MiB')],
  ])('keeps what came before %s', async (_, fault) => {
    const { collect } = host([whole.slice(0, 70)], { error: new FaultError(fault) });
    const { answers, cutOff } = await collect();
    expect(cutOff).toEqual(fault);
    expect(answerOf(answers, 'clock').why).toBe(null);
    expect(answerOf(answers, 'id').why).toBe('cut-off');
    expect(answerOf(answers, 'space').why).toBe('cut-off');
  });

  it('is whole where the connection ends after its last word', async () => {
    const error = new FaultError(faultOf('timeout', 'late'));
    expect((await host([whole], { error }).collect()).cutOff).toBe(null);
  });

  it('is cut off where the shell ends well or badly and has not said that it came to its end', async () => {
    const said = [whole.replace('@@DONE', '')];
    expect((await host(said, {}).collect()).cutOff?.message).toBe('its answer was cut off');
    const bad = await host(said, { exitCode: 2 }).collect();
    expect(bad.cutOff?.message).toBe('/bin/sh ended there with 2');
  });

  it('rejects where nothing came, and where it is no longer wanted', async () => {
    const refused = new FaultError(faultOf('refused', 'no'));
    await expect(host([], { error: refused }).collect()).rejects.toMatchObject({
      fault: refused.fault,
    });
    const aborted = new FaultError(faultOf('aborted', 'no'));
    await expect(host([whole], { error: aborted }).collect()).rejects.toMatchObject({
      fault: aborted.fault,
    });
    await expect(host([whole], { error: new TypeError('bug') }).collect()).rejects.toThrow('bug');
  });
});
