import { noStep } from '#domain/banking/next-step.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';
import type {
  AttendedAccess,
  PaymentInitiation,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import type { BerlinGroupApi, Resource } from './client.ts';
import { findApproval, type Approval, type FoundApproval } from './approval.ts';
import type { DirectBank } from './banks.ts';
import { asInitiationFault } from './errors.ts';
import { keptLinks, pathOfLink, writeReference } from './links.ts';
import { toStatusReport } from './map.ts';
import { paymentIdKept } from './named-resource.ts';
import { cancelPayment } from './payment-cancellation.ts';
import { paymentBody, productOf, type InstantChoice } from './payment-body.ts';
import { readPayment } from './payment-reading.ts';
import { approvalHeaders, beginningHeaders, customerHeaders, returnAddresses } from './psu.ts';
import type { StartedPayment } from './wire.ts';

/** Approvals, a bank's processing overnight and its queue for want of money all end within a day. */
export const quarantineMs = 24 * 3_600_000;

/** How an order without an answer is concluded. */
export const unanswered = {
  // Banks exempt from approval, and approve in their app.
  needsApproval: false,
  quarantineMs,
} as const;

export interface PaymentDependencies {
  api: BerlinGroupApi;
  instant: InstantChoice;
  clock: Clock;
  log: ProviderDependencies['log'];
}

export function createPaymentInitiation(dependencies: PaymentDependencies): PaymentInitiation {
  const { api } = dependencies;
  return {
    ...unanswered,
    // `X-Request-ID` names a request; no bank promises to recognise a payment by it.
    idempotentInitiation: false,
    // The bank's own `paymentId`, with which the link to the payment ends.
    quotedReference: (reference) => reference.slice(reference.lastIndexOf('/') + 1),
    initiatePayment: (request, access) => initiatePayment(request, access, dependencies),
    readPayment: (payment) => readPayment(payment, api),
    cancelPayment: (payment, access) => cancelPayment(payment, access, api),
  };
}

async function initiatePayment(
  request: PaymentRequest,
  access: AttendedAccess,
  dependencies: PaymentDependencies,
): Promise<SteppedPayment> {
  const { api, instant, clock } = dependencies;
  const bank = payingBank(request.bankId, api);
  const addresses = returnAddresses(request.redirectUri, request.state);
  const headers = {
    ...beginningHeaders(access),
    ...customerHeaders(bank, request.customer),
    ...approvalHeaders(addresses),
  };
  const payment = {
    product: productOf(request.order, bank, instant),
    body: paymentBody(request, bank, osloDay(clock.now())),
    headers: { ...headers, 'tpp-rejection-nofunds-preferred': 'true' },
  };
  const base = api.banks.addressOf(bank);
  const { started, self } = await create(bank, payment, { api, base });
  const found = await approvalOf(started, { resource: self, headers, base }, dependencies);
  const links = keptLinks({ ...started._links, ...found.links }, base);
  const kept = { ...links, ...addresses, [paymentIdKept]: started.paymentId };
  await request.secrets.change(async () => kept);
  const reference = writeReference(bank.id, self.link);
  const circumstances = { reference, profile: bank, fundsAvailable: undefined };
  return { ...toStatusReport(started.transactionStatus, circumstances), next: found.next };
}

/** A bank that carries out nothing without a further call is not offered for payments. */
function payingBank(bankId: string, api: BerlinGroupApi): DirectBank {
  const bank = api.banks.find(bankId);
  if (bank.executesOnSca) return bank;
  throw new DropError('bank_unknown', { message: 'the bank takes no payments here', outcome: 'not_sent' });
}

/** A payment whose answer has no link to it can neither be read nor approved: its outcome is not known. */
async function create(
  bank: DirectBank,
  payment: Parameters<BerlinGroupApi['createPayment']>[1],
  { api, base }: { api: BerlinGroupApi; base: string },
): Promise<{ started: StartedPayment & Approval; self: Resource }> {
  try {
    const started = await api.createPayment(bank, payment);
    const { self } = started._links;
    if (self !== undefined) return { started, self: { bank, link: pathOfLink(self, base) } };
    const message = 'the answer has no link to the payment';
    throw new DropError('provider_invalid_response', { message, outcome: 'unknown' });
  } catch (error) {
    throw asInitiationFault(error);
  }
}

interface Unapproved {
  resource: Resource;
  headers: Readonly<Record<string, string>>;
  base: string;
}

/**
 * The customer's step. A payment whose approval cannot be started stays at the bank until that lets it run out, and so
 * does one that asks for an approval of a kind that Drop refuses, unless the bank confirms that it is taken back.
 */
async function approvalOf(
  started: Approval,
  { resource, headers, base }: Unapproved,
  { api, log }: PaymentDependencies,
): Promise<FoundApproval> {
  const { bank } = resource;
  try {
    return await findApproval(api.client, started, { bank, base, headers, subject: 'payment' });
  } catch (error) {
    const isRefused = isDropError(error, 'payment_refused_by_bank');
    if (isRefused && (await takeBack(resource, { api, log }))) throw error;
    log('the approval of a payment could not be started', { error });
    return { next: noStep, message: undefined, links: {} };
  }
}

/** Whether the bank has cancelled the payment. */
async function takeBack(
  resource: Resource,
  { api, log }: Pick<PaymentDependencies, 'api' | 'log'>,
): Promise<boolean> {
  const of = {
    operation: 'cancel_payment',
    method: 'DELETE',
    subject: 'payment',
    repeatable: false,
  } as const;
  const answer = await api.client.send({ ...of, ...resource }).catch((error: unknown) => {
    log('a payment that cannot be approved could not be taken back either', { error });
  });
  return answer?.status === 204;
}
