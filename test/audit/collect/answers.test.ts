import { describe, expect, it } from 'vitest';
import { createAnswerReader } from '../../../src/audit/collect/answer-reader.ts';
import { answerOf, readAnswers, toldBy, unknownsOf } from '../../../src/audit/collect/answers.ts';
import { capBytes } from '../../../src/audit/collect/framing.ts';
import { plainText } from '../../../src/model/plain-text.ts';

/** A whole frame, as the script tells it. */
function frame(id: string, said: string, words: string, code: number): string {
  const behind = (mark: string, text: string) => text.replace(/^(?=.)/gm, mark);
  return `\n@@BEGIN ${id}\n${behind('|', said)}\n\n!\n${behind('!', words)}\n!\n!@@RC ${code}\n@@END ${id}\n`;
}

describe('how a probe ended', () => {
  it.each([
    ['an answer', 'x', '', 0, null],
    ['an empty one', '', '', 0, null],
    ['an empty one that a program says with 1, as grep', '', '', 1, null],
    ['a text, whatever the code', 'none', '', 1, null],
    ['a tool that is not there', '', 'sh: ip: not found', 127, 'tool-missing'],
    ['a refusal', '', 'nft: Operation not permitted (you must be root)', 1, 'needs-root'],
    ['a file that may not be run', '', '', 126, 'needs-root'],
    ['its time over', 'half', '', 124, 'timed-out'],
    ['killed for its time', 'half', '', 137, 'timed-out'],
    ['more than is heard', 'half', '', 141, 'cut-off'],
    ['no crontab', '', 'no crontab for joel', 1, null],
    ['no such file', '', 'ls: /x: No such file or directory', 1, null],
    ['a server that refuses', '', 'curl: (7) Failed to connect to 127.0.0.1', 7, null],
    ['no systemd', '', 'System has not been booted with systemd as init system', 1, 'not-there'],
    ['no user manager', '', 'Failed to connect to bus: No medium found', 1, 'not-there'],
    ['other trouble', '', 'df: unrecognized option: l', 1, 'not-understood'],
  ] as const)('%s', (_, said, words, code, why) => {
    const { answers } = readAnswers(frame('x', said, words, code));
    expect(answerOf(answers, 'x')).toEqual({ text: said, words, exitCode: code, why });
    expect(toldBy(answers, 'x')).toBe(why === null ? said : null);
    const isUnknown = why !== null && why !== 'not-there';
    expect(unknownsOf(answers)).toEqual(isUnknown ? [{ probe: 'x', why, words }] : []);
  });

  it('also tells where some of it was refused', () => {
    const words = 'grep: /etc/sudoers: Permission denied';
    const { answers } = readAnswers(frame('x', 'a', words, 2));
    expect(toldBy(answers, 'x')).toBe('a');
    expect(unknownsOf(answers)).toEqual([{ probe: 'x', why: 'needs-root', words }]);
  });

  it.each(['tool-missing', 'not-there', 'needs-root', 'timed-out', 'cut-off'])(
    'is told of what was not asked: %s',
    (why) => {
      const { answers } = readAnswers(`\n@@NONE docker ${why} /var/run/docker.sock\n`);
      expect(answerOf(answers, 'docker')).toMatchObject({ why, words: '/var/run/docker.sock' });
    },
  );

  it('is unknown where its program did not end in time, with what it said before', () => {
    const { answers } = readAnswers(
      '@@BEGIN a\n|half\n\n@@LATE 137\n@@BEGIN b\n|x\n!@@RC 0\n@@END b\n',
    );
    expect(answerOf(answers, 'a')).toMatchObject({ why: 'timed-out', text: 'half' });
    expect(answerOf(answers, 'b')).toMatchObject({ why: null, text: 'x' });
  });
});

describe('what is cut off', () => {
  const whole = `${frame('a', '1\n2', '', 0)}${frame('b', '3', '', 0)}\n@@DONE\n`;

  it('is so wherever the output ends, and what came before is kept', () => {
    for (let length = 0; length <= whole.length; length++) {
      const { answers, isWhole } = readAnswers(whole.slice(0, length));
      const { why, text } = answerOf(answers, 'a');
      const isEnded = length >= whole.indexOf('@@END a\n') + '@@END a\n'.length;
      expect(why, whole.slice(0, length)).toBe(isEnded ? null : 'cut-off');
      expect('1\n2'.startsWith(text)).toBe(true);
      expect(isWhole).toBe(length === whole.length);
    }
  });

  it('reads the same in pieces of any size', () => {
    for (const size of [1, 2, 3, 7, 50]) {
      const reader = createAnswerReader(() => undefined);
      for (let at = 0; at < whole.length; at += size) reader.hear(whole.slice(at, at + size));
      expect(reader.end()).toEqual(readAnswers(whole));
    }
  });
});

describe('a host that lies', () => {
  const read = (text: string, times = 1) => {
    const begun: string[] = [];
    const reader = createAnswerReader((id) => begun.push(id));
    for (let count = 0; count < times; count++) reader.hear(text);
    return { begun, ...reader.end() };
  };
  const sizeOf = ({ answers }: ReturnType<typeof read>) =>
    [...answers].reduce(
      (sum, [id, one]) => sum + id.length + one.text.length + one.words.length,
      0,
    );

  it('is kept of no more than the script would send', () => {
    const line = 'x'.repeat(1000);
    expect(sizeOf(read(`@@BEGIN a\n${`|${line}\n`.repeat(1000)}`))).toBeLessThan(capBytes + 2000);
    expect(sizeOf(read(`@@BEGIN a\n${`!${line}\n`.repeat(1000)}`))).toBeLessThan(3000);
    expect(sizeOf(read(`@@NONE a not-there ${line.repeat(100)}\n`))).toBeLessThan(2000);
  });

  it('is not followed through a line that never ends', () => {
    const { answers } = read(`@@BEGIN a\n|${'x'.repeat(100_000)}`, 50);
    expect(answerOf(answers, 'a').text.length).toBeLessThanOrEqual(capBytes + 1);
    expect(answerOf(answers, 'a').why).toBe('cut-off');
  });

  it('has only so many answers, each told of once and by a plain name', () => {
    const many = Array.from({ length: 5000 }, (_, index) => frame(`p${index}`, 'x', '', 0)).join(
      '',
    );
    const { answers, begun } = read(many + frame('p1', 'another', '', 0));
    expect(answers.size).toBe(2000);
    expect(begun).toHaveLength(2000);
    expect(answerOf(answers, 'p1').text).toBe('x');
    const odd = ['\u001b[2J', 'a b', '../x', `a${'b'.repeat(100)}`, ''];
    const oddly = read(odd.map((id) => frame(id, 'x', '', 0)).join(''));
    expect([...oddly.answers.keys()]).toEqual([]);
    expect(oddly.begun).toEqual([]);
  });
});

it('a name that begins a control sequence takes no word of ours away', () => {
  for (const [name, seen] of [
    ['ssh\u001b]0;', 'ssh\ufffd]0;'],
    ['a\u001b[', 'a\ufffd['],
    ['b\u009d\u0090\u0000\u007f', 'b\ufffd\ufffd\ufffd\ufffd'],
    ['c\td\r', 'c\td\r'],
  ] as const) {
    const { answers } = readAnswers(frame('names', name, name, 0));
    expect(answerOf(answers, 'names').text).toBe(seen);
    expect(plainText(`${answerOf(answers, 'names').text} listens`)).toMatch(/ listens$/);
    expect(plainText(`${answerOf(answers, 'names').words} is missing`)).toMatch(/ is missing$/);
  }
});

it('what root has asked for in vain is told to be that', () => {
  const refused = frame('environment-1', '', 'Permission denied', 1);
  const said = (id: string) =>
    unknownsOf(readAnswers(`${frame('id', id, '', 0)}${refused}`).answers);
  expect(said('uid=1000(joel) gid=1000(joel)')).toMatchObject([{ words: 'Permission denied' }]);
  expect(said('uid=0(root) gid=0(root)')).toMatchObject([
    { why: 'needs-root', words: expect.stringMatching(/^refused even to root: Permission denied/) },
  ]);
});
