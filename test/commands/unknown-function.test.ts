import { expect, test } from 'vitest';
import { unknownFunction } from '../../src/commands/acting/unknown-function.ts';
import type { AppReport, Report } from '../../src/model/report.ts';

const reportOf = (apps: readonly Partial<AppReport>[]): Report =>
  ({ functions: { apps, items: [] } }) as unknown as Report;

test('while its server is silent nobody knows whether it is one: that is no misuse', () => {
  const silent = reportOf([{ server: 'inngest', registered: null, note: 'refused' }]);
  expect(unknownFunction('video-download', silent)).toMatchObject({
    ...{ code: 'NOT_SEEN', exitCode: 2 },
    message: 'whether "video-download" is a function is not known: refused',
  });
  const told = reportOf([{ server: 'inngest', app: 'bus', registered: 0 }]);
  expect(unknownFunction('video-download', told)).toMatchObject({ exitCode: 64 });
});
