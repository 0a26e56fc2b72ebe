import { declineEmail, mailSettingsOf } from '#store/mail-settings.ts';
import { currentAddresses } from '#store/own-email-addresses.ts';
import type { UseCaseContext } from '../context.ts';

/** What a customer sees of their e-mail address. */
export interface EmailAddressState {
  /** The verified address, to which mails go. */
  address: string | null;
  /** The address that was entered and is not verified yet. */
  pendingAddress: string | null;
  status: 'none' | 'unverified' | 'verified';
  /** Whether mail to `address` came back, so that none is sent there. */
  isSuppressed: boolean;
  isPendingSuppressed: boolean;
  /** Until when the link to `pendingAddress` can be used. */
  linkExpiresAt: Date | null;
  /** Whether the customer is to be asked for an address: there is none, and they have not declined. */
  shouldAsk: boolean;
}

export async function emailAddressState(
  { store }: UseCaseContext,
  userId: string,
): Promise<EmailAddressState> {
  const [{ verified, unverified }, { emailDeclinedAt }] = await Promise.all([
    currentAddresses(store.database, userId),
    mailSettingsOf(store.database, userId),
  ]);
  return {
    address: verified?.address ?? null,
    pendingAddress: unverified?.address ?? null,
    status: verified ? 'verified' : unverified ? 'unverified' : 'none',
    isSuppressed: verified?.isSuppressed ?? false,
    isPendingSuppressed: unverified?.isSuppressed ?? false,
    linkExpiresAt: unverified?.linkExpiresAt ?? null,
    shouldAsk: !verified && !unverified && emailDeclinedAt === null,
  };
}

/** The customer does not want to give an address now, and is not asked again. */
export async function declineEmailAddress({ store, clock }: UseCaseContext, userId: string): Promise<void> {
  await declineEmail(store.database, userId, clock.now());
}
