import { DropError, isDropError } from '#domain/errors.ts';
import type { PaymentKey, PaymentReport } from '#services/open-banking/service.ts';
import type { BerlinGroupApi, Resource } from './client.ts';
import type { DirectBank } from './banks.ts';
import { readReference } from './links.ts';
import { toPaymentReport, toStatusReport } from './map.ts';
import { paymentIdKept, reportedReference } from './named-resource.ts';
import type { ScaStatusWord, WirePayment } from './wire.ts';

/** A payment's reference is the bank and the path of the link to it, so it can be read whatever else was lost. */
export function resourceOf({ reference }: PaymentKey, api: BerlinGroupApi): Resource {
  const named = readReference(reference);
  if (named?.name.startsWith('/')) return { bank: api.banks.find(named.bankId), link: named.name };
  const message = 'this names no payment of a bank';
  throw new DropError('payment_unknown', { message, outcome: 'not_sent', provider: 'berlin-group' });
}

export async function readPayment(key: PaymentKey, api: BerlinGroupApi): Promise<PaymentReport> {
  const resource = resourceOf(key, api);
  const { bank } = resource;
  const { reference } = key;
  const secrets = (await key.secrets?.read()) ?? {};
  const of = { reference, profile: bank };
  const payment = await api.readPayment(resource).catch((error: unknown) => ({ error }));
  if ('error' in payment) {
    const sca = isRefusal(payment.error) ? await scaStatusAt(bank, secrets['scaStatus'], api) : undefined;
    if (sca !== undefined && isOpen(sca)) return awaiting(sca, of);
    throw asUnread(payment.error, bank, sca);
  }
  const kept = secrets[paymentIdKept];
  const named = reportedReference(reference, payment.paymentId, kept);
  const fundsAvailable = await fundsFor(payment, { bank, link: secrets['status'], reference, kept }, api);
  return toPaymentReport(payment, { ...of, reference: named, fundsAvailable });
}

/** A refusal of this reading, not of Drop's rate. */
function isRefusal(error: unknown): boolean {
  const isLimit = isDropError(error, 'bank_rate_limited', 'provider_rate_limited');
  return error instanceof DropError && error.details.outcome === 'refused' && !isLimit;
}

/**
 * Some banks give a payment only once it is approved; until then, its approval says how it stands. That is asked only
 * where the payment is not given: an approval that the bank leaves open must not hide what became of the payment.
 */
async function scaStatusAt(
  bank: DirectBank,
  link: string | undefined,
  api: BerlinGroupApi,
): Promise<ScaStatusWord | undefined> {
  if (bank.readsBeforeApproval || link === undefined) return undefined;
  return api.readScaStatus({ bank, link }).catch(() => undefined);
}

/** Whether the customer may still approve. A word that is not known decides nothing: the payment is read. */
function isOpen(sca: ScaStatusWord): boolean {
  switch (sca) {
    case 'received':
    case 'psuIdentified':
    case 'psuAuthenticated':
    case 'scaMethodSelected':
    case 'started':
    case 'unconfirmed':
      return true;
    case 'finalised':
    case 'failed':
    case 'exempted':
    case 'unknown':
      return false;
  }
}

function awaiting(sca: ScaStatusWord, of: { reference: string; profile: DirectBank }): PaymentReport {
  const status = { word: 'RCVD', wire: `scaStatus ${sca}` } as const;
  return toStatusReport(status, { ...of, fundsAvailable: undefined });
}

/** Where a payment cannot be read before its approval, that it is not found says nothing until it was approved. */
function asUnread(error: unknown, bank: DirectBank, sca: ScaStatusWord | undefined): unknown {
  const isEarly = !bank.readsBeforeApproval && sca !== 'finalised' && sca !== 'exempted';
  if (!isEarly || !isDropError(error, 'payment_unknown')) return error;
  const details = { ...error.details, outcome: 'unknown' } as const;
  return new DropError('bank_unavailable', { message: error.message, cause: error, ...details });
}

interface StatusAsked {
  bank: DirectBank;
  link: string | undefined;
  reference: string;
  /** `paymentId` of the initiation. */
  kept: string | undefined;
}

/**
 * Only the status says whether there was too little money, which is asked where that may be the reason. Without its
 * answer the reason is not known, and the payment all the same.
 */
async function fundsFor(
  { transactionStatus: { word } }: WirePayment,
  { bank, link, reference, kept }: StatusAsked,
  api: BerlinGroupApi,
): Promise<boolean | undefined> {
  const isAsked = word === 'RJCT' || (word === 'ACCP' && bank.reportsNoFundsAsAccp);
  if (!isAsked || link === undefined) return undefined;
  return api.readPaymentStatus({ bank, link }).then(
    ({ paymentId, fundsAvailable }) =>
      reportedReference(reference, paymentId, kept) === reference ? (fundsAvailable ?? undefined) : undefined,
    () => undefined,
  );
}
