import { noStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import type { BankDirectory } from '#services/open-banking/bank-directory.ts';
import type { Clock } from '#domain/clock.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';
import type {
  AttendedAccess,
  PaymentInitiation,
  PaymentKey,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import type { Answer, NeonomicsApi, Psu, Step } from './client.ts';
import {
  asCancellationFault,
  asInitiationFault,
  asNotSent,
  authorisationRequired,
  consentRequired,
} from './errors.ts';
import type { Identify } from './identification.ts';
import { toCreatedPayment, toPage, toWaitingPayment } from './map.ts';
import { productOf, toPaymentBody, type PaymentBody } from './payment-body.ts';
import { readPayment, visitOf } from './payment-reading.ts';
import { resultOf, withState } from './returns.ts';
import { deviceOf, keepPaymentVisit, paymentVisit, psuOf, type PaymentVisit } from './visits.ts';
import type { WireBank, WireCreatedPayment } from './wire.ts';

/** Approval pages, a bank's processing overnight and late webhooks all end well within a day. */
export const quarantineMs = 24 * 3_600_000;

/** How an order without an answer is concluded. */
export const unanswered = {
  // A bank may exempt a payment from approval.
  needsApproval: false,
  quarantineMs,
} as const;

interface Dependencies {
  api: NeonomicsApi;
  banks: BankDirectory<WireBank>;
  identify: Identify;
  clock: Clock;
  log: ProviderDependencies['log'];
}

export function createPaymentInitiation(dependencies: Dependencies): PaymentInitiation {
  const { api } = dependencies;
  return {
    ...unanswered,
    idempotentInitiation: false,
    async initiatePayment(request, access) {
      const prepared = await prepare(request, access, dependencies).catch((error: unknown) => {
        throw asNotSent(error);
      });
      return initiate(prepared, dependencies);
    },
    readPayment: (payment) => readPayment(payment, api),
    cancelsScheduledOnly: true,
    cancelPayment: (payment, access) => cancelPayment(payment, access, dependencies),
    continuePayment: ({ parameters, payment }, access) =>
      continuePayment(parameters, { payment, access }, dependencies),
  };
}

interface Prepared {
  body: PaymentBody;
  kept: PaymentVisit;
  psu: Psu;
}

/** All that comes before the order is handed over, a session of its own among it. */
async function prepare(
  request: PaymentRequest,
  access: AttendedAccess,
  { api, banks, identify, clock }: Dependencies,
): Promise<Prepared> {
  const { bankId, customer, state, redirectUri, secrets } = request;
  const bank = await banks.find(bankId);
  const body = toPaymentBody(request, bank, osloDay(clock.now()));
  const psu = { ...psuOf(access), psuId: identify(customer, bank), redirectUrl: redirectUri };
  const device = deviceOf(customer);
  const visit = { device, bankId, session: await api.createSession(bankId, device) };
  const product = productOf(request.order.execution);
  const kept = { visit, state, redirectUri, product };
  await keepPaymentVisit(secrets, kept);
  return { body, kept, psu };
}

async function initiate({ body, kept, psu }: Prepared, dependencies: Dependencies): Promise<SteppedPayment> {
  const { visit, product } = kept;
  const answer = await dependencies.api
    .createPayment(product, { body, visit, psu })
    .catch((error: unknown) => {
      throw asInitiationFault(error);
    });
  return answer.kind === 'done'
    ? toCreatedPayment(answer.asked)
    : takeStep(answer.step, { paymentId: undefined, kept, psu }, dependencies);
}

interface Going {
  /** Undefined where nothing has named the payment yet. */
  paymentId: string | undefined;
  kept: PaymentVisit;
  psu: Psu;
}

/** Follows the way on that an error named, to the page of the bank. */
async function takeStep(step: Step, going: Going, dependencies: Dependencies): Promise<SteppedPayment> {
  switch (step.kind) {
    case 'authorisation':
      return isOfAnother(step.paymentId, going)
        ? toWaitingPayment(step.paymentId, authorisationRequired, noStep)
        : authorise(step.href, { ...going, paymentId: step.paymentId ?? going.paymentId }, dependencies);
    case 'consent':
      return askConsent(step.href, going, dependencies);
  }
}

/** Where the answer names another payment, the customer is not led to its approval. */
function isOfAnother(named: string | undefined, { paymentId }: Pick<Going, 'paymentId'>): named is string {
  return named !== undefined && paymentId !== undefined && named.toLowerCase() !== paymentId.toLowerCase();
}

/** Without its page the payment is known all the same: it waits, and the bank lets it run out. */
async function authorise(
  href: string | undefined,
  { paymentId, kept, psu }: Going,
  { api, log }: Dependencies,
): Promise<SteppedPayment> {
  if (paymentId === undefined) throw unnamed('unknown');
  const at = href ?? { product: kept.product, paymentId };
  const links = await api.authorisePayment(at, kept.visit, psu).catch((error: unknown) => {
    log('the page where a payment is approved cannot be had', { provider: 'neonomics', error });
    return undefined;
  });
  const named = links?.paymentId ?? undefined;
  if (isOfAnother(named, { paymentId })) return toWaitingPayment(named, authorisationRequired, noStep);
  const next = links === undefined ? noStep : toPage(links);
  return toWaitingPayment(paymentId, authorisationRequired, next);
}

/** The return from this consent names the session, so the address says whose it is. */
async function askConsent(
  href: string,
  { paymentId, kept, psu }: Going,
  { api }: Dependencies,
): Promise<SteppedPayment> {
  const redirectUrl = withState(kept.redirectUri, kept.state);
  const links = await api.getConsent(href, kept.visit, { ...psu, redirectUrl });
  const named = links.paymentId ?? undefined;
  if (isOfAnother(named, { paymentId })) return toWaitingPayment(named, consentRequired, noStep);
  const reference = named ?? paymentId;
  // The order was refused with 1426, and nobody is led to the consent that it lacks: the bank carries nothing out.
  if (reference === undefined) throw unnamed('refused');
  return toWaitingPayment(reference, consentRequired, toPage(links));
}

function unnamed(outcome: 'refused' | 'unknown'): DropError {
  const code = outcome === 'refused' ? 'payment_refused_by_bank' : 'payment_outcome_unknown';
  return new DropError(code, { message: 'no answer names the payment', outcome, provider: 'neonomics' });
}

/** After the consent comes the approval, and after the approval the completion, without which a bank may do nothing. */
async function continuePayment(
  parameters: URLSearchParams,
  { payment, access }: { payment: PaymentKey; access: AttendedAccess },
  dependencies: Dependencies,
): Promise<SteppedPayment> {
  const { api } = dependencies;
  const kept = await paymentVisit(payment);
  if (resultOf(parameters) !== 'OK' || kept === undefined)
    return { ...(await readPayment(payment, api)), next: noStep };
  const paymentId = payment.reference;
  const psu = { ...psuOf(access), redirectUrl: kept.redirectUri };
  const going = { paymentId, kept, psu };
  if (parameters.get('resource_id') === kept.visit.session) return authorise(undefined, going, dependencies);
  const completed = await complete(going, payment, dependencies);
  if (completed.kind === 'step') return takeStep(completed.step, going, dependencies);
  return completed.asked === undefined
    ? { ...(await readPayment(payment, api)), next: noStep }
    : toCreatedPayment(completed.asked);
}

/** Some banks complete by themselves and refuse to do it twice: then the payment says how it stands. */
async function complete(
  { kept, psu }: Going,
  { reference }: PaymentKey,
  { api, log }: Dependencies,
): Promise<Answer<WireCreatedPayment | undefined>> {
  const path = { product: kept.product, paymentId: reference };
  return api.completePayment(path, kept.visit, psu).catch((error: unknown) => {
    log('a payment was not completed; it is read instead', { provider: 'neonomics', error });
    return { kind: 'done', asked: undefined } as const;
  });
}

/**
 * Calls a scheduled payment back, which the customer may have to approve. The bank has called it back once the payment
 * is read as cancelled.
 */
async function cancelPayment(
  payment: PaymentKey,
  access: AttendedAccess,
  dependencies: Dependencies,
): Promise<SteppedPayment> {
  const kept = await visitOf(payment);
  const paymentId = payment.reference;
  const psu = { ...psuOf(access), redirectUrl: kept.redirectUri };
  const answer = await dependencies.api
    .cancelPayment({ product: kept.product, paymentId }, kept.visit, psu)
    .catch((error: unknown) => {
      throw asCancellationFault(error);
    });
  if (answer.kind === 'done') return toCreatedPayment(answer.asked);
  const step = await takeStep(answer.step, { paymentId, kept, psu }, dependencies);
  if (isOfAnother(step.reference, { paymentId })) return step;
  const { next } = step;
  return { ...(await readPayment(payment, dependencies.api)), next };
}
