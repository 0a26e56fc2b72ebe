import type { ConsentStatus } from '#domain/banking/consent.ts';
import type { UseCaseContext } from '../context.ts';

/** Writes the line of a consent that came to `to`, once it is committed. */
export function noteConsent(
  { log }: Pick<UseCaseContext, 'log'>,
  { id: connectionId, userId }: { id: string; userId: string },
  to: ConsentStatus,
): void {
  log('info', 'a consent moved', { connectionId, userId, to });
}
