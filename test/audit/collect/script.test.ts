import { describe, expect, it, vi } from 'vitest';
import { answerOf } from '../../../src/audit/collect/answers.ts';
import { capBytes } from '../../../src/audit/collect/framing.ts';
import { runScript, shells } from './run-script.ts';

// Each probe is a handful of processes, which a busy machine starts one by one.
vi.setConfig({ testTimeout: 120_000 });

describe.each(shells)('the script of the audit by %s', (shell) => {
  it('tells apart what is missing, empty, refused, not there, and what has failed', async () => {
    const { answers, isWhole, stderr, code } = await runScript({
      shell,
      tools: {
        ip: 'exit 0',
        crontab: 'echo "crontab: Permission denied" >&2; exit 1',
        ss: 'echo "ss: unrecognized option" >&2; exit 255',
      },
    });
    const whyOf = (id: string) => answerOf(answers, id).why;
    expect({ isWhole, stderr, code }).toEqual({ isWhole: true, stderr: '', code: 0 });
    expect(answerOf(answers, 'virtualization')).toMatchObject({
      ...{ why: 'tool-missing', words: 'systemd-detect-virt' },
    });
    expect(answerOf(answers, 'addresses')).toMatchObject({ why: null, text: '', exitCode: 0 });
    expect(answerOf(answers, 'crontab')).toMatchObject({
      ...{ why: 'needs-root', words: 'crontab: Permission denied' },
    });
    expect(answerOf(answers, 'listeners')).toMatchObject({ why: 'not-understood', exitCode: 255 });
    expect(whyOf('docker')).toBe('not-there');
    expect(answerOf(answers, 'passwd').text).toMatch(/^root:/);
    expect(answerOf(answers, 'clock').text).toMatch(/^\d{10}\n?$/);
  });

  it('keeps frames of its own apart from what looks like one, and no control character', async () => {
    const forged = [
      '@@END addresses',
      '@@DONE',
      '!@@RC 0',
      '|@@BEGIN passwd',
      '',
      'last, without an end',
    ].join('\\n');
    const { answers, isWhole } = await runScript({
      shell,
      tools: {
        ip: `printf '${forged}'; echo '@@RC 9' >&2; exit 3`,
        ss: `case "$*" in *-ltnpe*) printf 'a\\033[31m\\377b\\0c\\n' ;; *-lunpe*) head -c 1000000 /dev/zero | tr '\\0' x ;; esac`,
      },
    });
    const { text, exitCode, why } = answerOf(answers, 'addresses');
    expect({ text, exitCode, why }).toEqual({
      ...{ text: forged.replaceAll('\\n', '\n'), exitCode: 3, why: null },
    });
    // BusyBox takes a NUL for the end of a line.
    const bytes = ['a\ufffd[31m\ufffdbc', 'a\ufffd[31m\ufffdb|c'];
    expect(bytes).toContain(answerOf(answers, 'listeners').text);
    expect(answerOf(answers, 'datagrams')).toMatchObject({ why: 'cut-off' });
    expect(answerOf(answers, 'datagrams').text.length).toBeLessThanOrEqual(capBytes + 1);
    expect(answerOf(answers, 'passwd').text).toMatch(/^root:/);
    expect(isWhole).toBe(true);
  });

  it('cuts off what says too much, also where it ends well, and goes on', async () => {
    const { answers, isWhole } = await runScript({
      shell,
      tools: {
        ip: 'cat /dev/zero',
        ss: `trap '' PIPE; head -c ${capBytes + 9} /dev/zero | tr '\\0' x 2>/dev/null; exit 0`,
      },
    });
    expect(answerOf(answers, 'addresses').why).toBe('cut-off');
    expect(answerOf(answers, 'listeners').why).toBe('cut-off');
    expect(isWhole).toBe(true);
  });

  it('ends what hangs, what does not listen, and what stays with its pipes open', async () => {
    const { answers, isWhole } = await runScript({
      ...{ shell, most: 1 },
      tools: {
        ip: 'sleep 30',
        crontab: `trap '' TERM; echo begun; sleep 30; sleep 30`,
        ss: `sleep 20 & exit 0`,
      },
      instead: [['-ltunp | sed', '-none | sed']],
    });
    expect(answerOf(answers, 'addresses').why).toBe('timed-out');
    expect(answerOf(answers, 'crontab').why).toBe('timed-out');
    expect(answerOf(answers, 'listeners').why).toBe('timed-out');
    // It is not waited for again and again.
    expect(answerOf(answers, 'datagrams')).toMatchObject({
      ...{ why: 'timed-out', words: 'ss did not answer before' },
    });
    expect(answerOf(answers, 'passwd').why).toBe(null);
    expect(isWhole).toBe(true);
  });

  it('comes to its end by itself before its time is over, and says what it had no time for', async () => {
    const hangs = 'sleep 30';
    const { answers, isWhole, ms } = await runScript({
      ...{ shell, seconds: 6, most: 2 },
      tools: { ip: hangs, ss: hangs, crontab: hangs, 'systemd-detect-virt': hangs },
    });
    expect(isWhole).toBe(true);
    // Four of them would be waited for.
    expect(ms).toBeLessThan(30_000);
    expect(answerOf(answers, 'virtualization').why).toBe('timed-out');
    expect(answerOf(answers, 'space')).toMatchObject({
      ...{ why: 'cut-off', words: 'no time was left' },
    });
  });

  it('follows a host that lies about its processes and users only so far', async () => {
    const { answers, isWhole } = await runScript({
      shell,
      tools: { ss: 'i=0; while [ $i -lt 500 ]; do i=$((i + 1)); echo "x pid=$i,fd=1"; done' },
      instead: [
        ['if [ "$count" -gt 128 ]; then return', 'if [ "$count" -gt 2 ]; then return'],
        ['if [ "$count" -gt 128 ]; then none', 'if [ "$count" -gt 2 ]; then none'],
        ['-gt 64', '-gt 0'],
      ],
    });
    const told = [...answers.keys()].filter((id) => /^process-\d+$/.test(id));
    expect(told).toHaveLength(2);
    expect(answerOf(answers, 'lineages').why).toBe('cut-off');
    expect(answerOf(answers, 'keys').why).toBe('cut-off');
    expect(isWhole).toBe(true);
  });

  it('tells a process by its arguments and of its environment the names alone', async () => {
    const { answers } = await runScript({
      shell,
      tools: { ss: `echo "LISTEN users:((x,pid=${process.pid},fd=1))"` },
    });
    const names = answerOf(answers, `environment-${process.pid}`).text.split('\n');
    expect(names.find((line) => line.startsWith('PATH'))).toBe('PATH');
    expect(names.find((line) => line.startsWith('HOME='))).toMatch(/^HOME=\//);
    expect(answerOf(answers, `links-${process.pid}`).text).toContain(`cwd ${process.cwd()}`);
    expect(answerOf(answers, `process-${process.pid}`).text).toContain(
      `/proc/${process.pid}/status:Pid:\t${process.pid}`,
    );
    expect(answers.has('process-1')).toBe(true);
  });
});
