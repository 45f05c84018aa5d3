import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/model/errors.ts';
import { createReplyReader, encodeCommand, type Reply } from '../../src/transports/resp.ts';

const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
const wire = fc.oneof(
  line.map((text) => [{ error: false, text }, `+${text}\r\n`] as const),
  line.map((text) => [{ error: true, text }, `-${text}\r\n`] as const),
  fc.integer().map((n) => [{ error: false, text: String(n) }, `:${n}\r\n`] as const),
  fc
    .string({ unit: 'grapheme' })
    .map((text) => [{ error: false, text }, `$${Buffer.byteLength(text)}\r\n${text}\r\n`] as const),
  fc.constant([{ error: false, text: '' }, '$-1\r\n'] as const),
);

describe('Replies of Redis', () => {
  it('are read the same however they are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(wire), fc.integer({ min: 1, max: 7 }), (all, size) => {
        const bytes = Buffer.from(all.map(([, text]) => text).join(''));
        const read = createReplyReader();
        const replies: Reply[] = [];
        for (let at = 0; at < bytes.length; at += size) {
          replies.push(...read(bytes.subarray(at, at + size)));
        }
        expect(replies).toEqual(all.map(([reply]) => reply));
      }),
    );
  });

  it('that are any bytes at all give replies or a protocol fault, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(Array.isArray(createReplyReader()(Buffer.from(bytes)))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError);
          expect((error as FaultError).fault.code).toBe('protocol');
        }
      }),
    );
  });
});

describe('A command to Redis', () => {
  it('is an array of bulk strings whose lengths are in bytes', () => {
    expect(encodeCommand(['AUTH', 'grün'])).toBe('*2\r\n$4\r\nAUTH\r\n$5\r\ngrün\r\n');
  });
});
