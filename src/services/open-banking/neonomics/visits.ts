import { createHash } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import type { ProviderSecrets, SecretState } from '#services/open-banking/secret-state.ts';
import type { Access, ConsentKey, Customer, PendingConsent } from '#services/open-banking/service.ts';
import type { Psu, Visit } from './client.ts';

/** `x-device-id`: the same for all that a customer does, and of no use outside. */
export function deviceOf({ id }: Customer): string {
  return createHash('sha256').update(`neonomics ${id}`).digest('base64url');
}

/** The address is sent where the customer is there and it is known; without it a bank counts the call as unattended. */
export function psuOf(access: Access): Psu {
  return { ipAddress: access.kind === 'attended' ? access.ipAddress : undefined };
}

/** What Drop keeps for a payment until it ends. */
export interface PaymentVisit {
  visit: Visit;
  /** For a return that names the session and not the payment. */
  state: string;
  redirectUri: string;
}

export async function keepConsentVisit(secrets: SecretState, { device }: Visit): Promise<void> {
  await secrets.change(async () => ({ device }));
}

const shared = 'shared';

/** Notes that the session reaches a consent that the customer gave before. */
export async function keepShared(secrets: SecretState): Promise<void> {
  await secrets.change(async (kept) => ({ ...kept, [shared]: 'true' }));
}

export async function isSharedVisit(secrets: SecretState): Promise<boolean> {
  return (await secrets.read())?.[shared] !== undefined;
}

export async function consentVisit({
  reference,
  bankId,
  secrets,
}: ConsentKey | (PendingConsent & { reference: string })): Promise<Visit> {
  const device = (await secrets.read())?.['device'];
  if (device !== undefined) return { device, session: reference, bankId };
  throw new DropError('consent_ended', { message: 'no device is kept for the consent', outcome: 'not_sent' });
}

export async function keepPaymentVisit(secrets: SecretState, kept: PaymentVisit): Promise<void> {
  const { visit, state, redirectUri } = kept;
  const { device, session } = visit;
  await secrets.change(async (): Promise<ProviderSecrets> => ({ device, session, state, redirectUri }));
}

/** Undefined where nothing is kept: of a payment that Drop does not know, or that has ended. */
export async function paymentVisit(payment: {
  bankId: string | undefined;
  secrets: SecretState | undefined;
}): Promise<PaymentVisit | undefined> {
  const { device, session, state, redirectUri } = (await payment.secrets?.read()) ?? {};
  if (device === undefined || session === undefined) return undefined;
  return {
    visit: { device, session, bankId: payment.bankId },
    state: state ?? '',
    redirectUri: redirectUri ?? '',
  };
}
