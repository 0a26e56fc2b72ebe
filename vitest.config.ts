import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const together = {
  wire: ['test/{conformance,inbox,outbound,services}/**/*.test.ts'],
  processes: ['test/{cli,process,sandbox}/**/*.test.ts'],
  'use cases': ['test/{usecases,doctor}/**/*.test.ts', 'test/security/bankid/**/*.test.ts'],
  'liars and HTTP': ['test/security/{mobile,*-*}/**/*.test.ts', 'test/{http,store,web}/**/*.test.ts'],
};

/** One command after the other, the compiler among them: `npm test` runs it beside ESLint, which has one thread. */
const recipe = 'test/recipe/recipe.test.ts';

export default defineConfig({
  test: {
    // One file more than there are processors, since many wait for a process or a lease.
    maxWorkers: availableParallelism() + 1,
    // A wait ends when what it waits for is there. These are for a machine that does ten times as much else.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        // A process runs many of these files one after the other and loads Drop's modules once: a file that changes
        // what the process shares (a variable, a global, a listener) changes it back.
        test: { name: 'beside the code', include: ['src/**/*.test.ts'], isolate: false },
      },
      // As above: these change nothing that the process shares, and loading Drop would be a third of their time.
      ...Object.entries(together).map(([name, include]) => ({
        extends: true as const,
        test: { name, include, isolate: false, globalSetup: ['test/support/global-setup.ts'] },
      })),
      {
        extends: true,
        test: { name: 'recipe', include: [recipe], globalSetup: ['test/support/global-setup.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/e2e/**', recipe, ...Object.values(together).flat()],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
