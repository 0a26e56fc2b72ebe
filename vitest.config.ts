import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // One file more than there are processors, since many wait for a process or a lease.
    maxWorkers: availableParallelism() + 1,
    // A process runs many files one after the other and loads Drop's modules once: a file that changes what the process
    // shares (a variable, a global, a listener) changes it back.
    isolate: false,
    // Long enough for a machine that does much else; the default of a poll is one second.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
