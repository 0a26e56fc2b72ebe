import { forgetConditions, holdConditions, type ConditionContext } from '../alerts/conditions.ts';
import type { UseCaseContext, WatchedCertificate } from '../context.ts';

const dayMs = 86_400_000;
/** Days that are left when operators are alerted, the last first. Those in `lastDays` are critical. */
const lastDays = [0, 1, 7];
const firstDays = [14, 30];

/** Alerts 30, 14, 7 and 1 days before a certificate ends, and when it has ended. */
export async function watchCertificates(
  context: ConditionContext & Pick<UseCaseContext, 'certificates'>,
): Promise<void> {
  const reached = context.certificates.map((certificate) => stageOf(certificate, context.clock.now()));
  const at = (days: readonly number[]) => reached.filter(({ stage }) => days.includes(stage));
  const last = at(lastDays);
  await forgetConditions(
    context,
    'certificate_expires',
    last.map(({ subject }) => subject),
  );
  await holdConditions(context, 'certificate_ends', { found: last });
  await holdConditions(context, 'certificate_expires', { found: at(firstDays) });
}

function stageOf({ provider, variable, validUntil }: WatchedCertificate, now: Date) {
  const days = Math.floor((validUntil.getTime() - now.getTime()) / dayMs);
  const stage = [...lastDays, ...firstDays].find((each) => days < each) ?? Infinity;
  const endsOn = validUntil.toISOString().slice(0, 10);
  return { subject: variable, stage, parameters: { provider, variable, days, endsOn } };
}
