import { expect, test } from 'vitest';
import { auditedTrail } from './trail.ts';

test('a trail that nobody changed is whole', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  await trail.pay('rejected');
  await trail.call(3);
  await trail.nextDay();
  await trail.pay('awaiting_authorisation');
  await trail.nextDay();
  await trail.nextDay();
  await trail.pay();
  await trail.nextDay();
  const report = await trail.verify();
  expect(report).toMatchObject({ findings: [], found: 0, roots: 4, erased: 0, expired: 0 });
  expect(report.entries).toBeGreaterThan(12);
});
