export interface Exemption {
  rule: string;
  path: string;
  reason: string;
}

/** Where a rule does not hold, and why. One that is no longer needed fails the test. */
export const exemptions: readonly Exemption[] = [
  ...['subject.ts', 'operations.ts'].map((name) => ({
    rule: 'no export that nothing imports',
    path: `test/recipe/fjord-pay-subject/${name}`,
    reason: 'imported where test/recipe/recipe.test.ts puts it',
  })),
  ...['guarded-call/index.ts', 'webhook-inbox/index.ts', 'webhook-inbox/postgres.ts'].map((name) => ({
    rule: 'no export that nothing imports',
    path: `packages/${name}`,
    reason: 'its package.json exports it',
  })),
  {
    rule: 'no export that nothing imports',
    path: 'src/process/mount.ts',
    reason: 'package.json exports it',
  },
  ...['examples/nextjs/src/lib/alerts.ts', 'src/process/mount.ts', 'src/process/start.ts'].map((path) => ({
    rule: 'no sendAlert outside its place',
    path,
    reason: "the alert is the host's own, so Drop has no kind and no page of it",
  })),
];
