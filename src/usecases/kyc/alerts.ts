import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { UseCaseContext } from '../context.ts';

/** What operators are told of verifications. Why somebody was refused is for `drop kyc show`, never for a channel. */

/** Monitoring, an operator at Sumsub or a reset took an approval back. */
export function alertLostApproval(
  context: UseCaseContext,
  { userId, status }: { userId: string; status: KycStatus },
): void {
  context.log('warn', 'a verified customer may no longer pay', { userId, status });
  void context.services.alerts.sendAlert({
    severity: status === 'rejected' ? 'critical' : 'warning',
    title: 'A verified customer may no longer pay',
    message: `User ${userId} was approved and is now ${status}. See npx drop kyc show ${userId}.`,
  });
}

/** `SUMSUB_LEVEL_NAME` was changed. */
export function alertOtherLevel(context: UseCaseContext, customers: number): void {
  const { kycLevelName } = context;
  context.log('warn', 'verified customers were verified at another level', { customers, kycLevelName });
  void context.services.alerts.sendAlert({
    severity: 'warning',
    title: 'A verified customer may no longer pay',
    message: `${customers} were verified at another level than ${kycLevelName}, which is asked for now.`,
  });
}

/** Every customer is concerned, and the alert is the same for each of them, so that it is told once. */
export function alertHiddenApplicant(context: UseCaseContext, userId: string): void {
  context.log('error', 'an applicant exists and is not shown to Drop', { userId });
  void context.services.alerts.sendAlert({
    severity: 'critical',
    title: 'Sumsub does not show an applicant',
    message: 'An applicant exists and cannot be read, so nothing was changed. The log names the user.',
  });
}
