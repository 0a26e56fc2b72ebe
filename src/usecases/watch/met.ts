import { openSubjects } from '#store/open-alerts.ts';
import { contradictedPayments } from '#store/watched-payments.ts';
import { endConditions, type ConditionContext } from '../alerts/conditions.ts';

const hourMs = 3_600_000;

/**
 * The conditions that nothing but work itself finds, and how long it must not have met them until they are over, in
 * milliseconds. A review that Sumsub does not show is read again within a day.
 */
const calmMsOf = {
  redirect_not_allowed: hourMs,
  webhook_given_up: hourMs,
  identity_conflict: hourMs,
  applicant_hidden: 25 * hourMs,
} as const;

const contradictions = ['another_order', 'final_status_contradicted'] as const;

/** Tells that conditions are over which work has met and meets no longer. */
export async function watchMetConditions(context: ConditionContext): Promise<void> {
  for (const [key, calmMs] of Object.entries(calmMsOf))
    await endConditions(context, key as keyof typeof calmMsOf, { calmMs });
  for (const key of contradictions) await watchContradictions(context, key);
}

/** A contradiction is over when a report has ended it, or a person has. */
async function watchContradictions(
  context: ConditionContext,
  key: (typeof contradictions)[number],
): Promise<void> {
  const { database } = context.store;
  const open = await openSubjects(database, key);
  if (open.length === 0) return;
  await endConditions(context, key, { exceptFor: await contradictedPayments(database, open), calmMs: 0 });
}
