import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A floor under the pure rooms; raised with them, never lowered. */
const floor = { statements: 90, branches: 85, functions: 90, lines: 90 };

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/bundle-once.ts'],
    // Many wait for servers, which costs nothing: on two cores one worker at a time is half the work.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    slowTestThreshold: 2000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      reporter: ['text-summary', 'html'],
      thresholds: {
        'src/model/**': floor,
        'src/kinds/**': floor,
        'src/outputs/**': floor,
        'src/actions/**': floor,
      },
    },
  },
});
