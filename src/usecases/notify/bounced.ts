import type { Bounce } from '#services/email/service.ts';
import { bouncedAddress, suppressAddress } from '#store/email-addresses.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Handles a report that a mail was not delivered: an address that does not exist gets no more mail. A report that names
 * no mail of Drop's changes nothing, since anyone may send one to the sender's address.
 */
export async function handleBounce(
  { store, clock, log }: Pick<UseCaseContext, 'store' | 'clock' | 'log'>,
  { mailId, isPermanent, addressIsAtFault, statusCode, reason }: Bounce,
): Promise<void> {
  log('warn', 'a mail was not delivered', { outboxId: mailId, isPermanent, statusCode });
  if (!isPermanent || !addressIsAtFault) return;
  const address = await bouncedAddress(store.database, mailId);
  if (address === undefined) return;
  await suppressAddress(store.database, address, { reason, at: clock.now() });
}
