import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One file more than there are processors, since many wait for a process or a lease.
    maxWorkers: availableParallelism() + 1,
    // Long enough for a machine that does much else; the default of a poll is one second.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        // A process runs many of these files one after the other and loads Drop's modules once: a file that changes
        // what the process shares (a variable, a global, a listener) changes it back.
        test: { name: 'beside the code', include: ['src/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
