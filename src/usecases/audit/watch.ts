import { auditDay, dayAfter } from '#domain/audit/day.ts';
import { openSubjects } from '#store/open-alerts.ts';
import { holdConditions, type Found } from '../alerts/conditions.ts';
import type { UseCaseContext } from '../context.ts';
import { rootBucket, trustedKeys } from './context.ts';
import { verifyAudit } from './verify.ts';

/** Verifies the audit trail of yesterday, and of each day that was found broken before. */
export async function watchAudit(context: UseCaseContext, signal: AbortSignal): Promise<void> {
  const { store, clock, audit, services, log } = context;
  const yesterday = dayAfter(auditDay(clock.now()), -1);
  const days = new Set([yesterday, ...(await openSubjects(store.maintenance, 'audit_broken'))]);
  const verifying = {
    database: store.maintenance,
    clock,
    trust: { keys: trustedKeys(audit), files: audit.files, bucket: rootBucket(services.files) },
    signal,
  };
  const found: Found<'audit_broken'>[] = [];
  for (const day of days) {
    const report = await verifyAudit(verifying, { since: day, until: day });
    const [first] = report.findings;
    if (!first) continue;
    log('error', 'the audit trail is broken', { alert: 'audit_broken', day, findings: report.found, first });
    const parameters = { day, findings: report.found, first: first.fault };
    found.push({ subject: day, parameters });
  }
  await holdConditions(context, 'audit_broken', { found, calmMs: 0 });
}
