import { describe, expect, it } from 'vitest';
import { assertStarted } from '../../../src/transports/ssh/assert-started.ts';
import { said } from '../../kinds/strict-transports.ts';

const missing = said('', {
  exitCode: 127,
  stderr: 'env: ‘systemctl’: No such file or directory\n',
});

describe('a program on another machine', () => {
  it('that is not there is named', () => {
    expect(() => assertStarted(missing, 'systemctl', 'nas')).toThrow(
      'systemctl is not installed on nas',
    );
  });

  it('that was itself to find another is not said to be missing', () => {
    expect(() => assertStarted(missing, 'env', 'nas')).not.toThrow();
  });
});
