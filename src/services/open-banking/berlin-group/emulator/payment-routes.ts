import { Hono } from 'hono';
import type { PaymentPages } from '#emulation/bank/payment-pages.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import type { Misreport } from '#emulation/bank/world.ts';
import { openPayment } from './payment-request.ts';
import { fundsAvailable, scaStatus, wireStatus } from './payment-status.ts';
import { refuse } from './refusal.ts';
import { bankOf, type BankContext } from './requests.ts';
import { appMessage, askInApp } from './bank-app.ts';
import { newId, type Bench, type Payment } from './world.ts';

const root = '/:bank/v1/payments/:product';

/** `/v1/payments` of every bank, but for cancellations. */
export function paymentRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, world, settlement, context } = bench;
  const routes = new Hono<EmulatorEnvironment>();
  const now = (): Date => context.clock.now();

  routes.post(root, ...guarded('create_payment'), async (c) => {
    const payment = await openPayment(c, bench);
    world().payments.set(payment.id, payment);
    if (payment.isExempted) settlement.approve(payment);
    else settlement.proceed(payment);
    const headers = { 'aspsp-sca-approach': bankOf(c).dialect.approach, location: pathOf(payment) };
    return c.json(startedPayment(c, payment, bench), 201, headers);
  });

  routes.get(`${root}/:id`, ...guarded('read_payment'), (c) => {
    const payment = readable(c, bench);
    const transactionStatus = wireStatus(payment, bankOf(c).dialect, now());
    return c.json({ ...describeOrder(payment, world().misreport), transactionStatus });
  });

  routes.get(`${root}/:id/status`, ...guarded('read_payment_status'), (c) => {
    const payment = readable(c, bench);
    const transactionStatus = wireStatus(payment, bankOf(c).dialect, now());
    const funds = fundsAvailable(payment);
    return c.json({ transactionStatus, ...(funds !== undefined && { fundsAvailable: funds }) });
  });

  routes.post(`${root}/:id/authorisations`, ...guarded('start_authorisation'), (c) => {
    const payment = findPayment(c, bench);
    const { errors } = bankOf(c).dialect;
    if (payment.status !== 'RCVD') throw refuse(errors, 'STATUS_INVALID', 'it was decided');
    payment.authorisation = { id: newId(), startedAt: now() };
    askInApp(payment, bench);
    return c.json(startedInApp(c, `${pathOf(payment)}/authorisations`, payment.authorisation.id), 201, {
      'aspsp-sca-approach': 'DECOUPLED',
    });
  });

  routes.get(`${root}/:id/authorisations/:authorisation`, ...guarded('read_sca_status'), (c) =>
    c.json({ scaStatus: scaStatus(findPayment(c, bench)) }),
  );

  return routes;
}

/** How the customer comes back: with nothing but what the application wrote into the address. */
export const paymentReturns: Pick<PaymentPages<Payment>, 'start' | 'onDecided'> = {
  start: { path: '/approve/payment', parameter: 'id' },
  onDecided: ({ returns }, decision) => (decision === 'cancelled' ? returns.nok : returns.ok),
};

/** The path at the bank's host. */
export const pathOf = ({ bank, product, id }: Payment): string =>
  `/${bank.slug}/v1/payments/${product}/${id}`;

export function startedInApp(_c: BankContext, authorisations: string, id: string): object {
  const links = { scaStatus: { href: `${authorisations}/${id}` } };
  return { scaStatus: 'received', authorisationId: id, psuMessage: appMessage, _links: links };
}

export function findPayment(c: BankContext, { world }: Bench): Payment {
  const { bank, dialect } = bankOf(c);
  const payment = world().payments.get(c.req.param('id') ?? '');
  if (payment?.bank.slug === bank.slug && payment.product === c.req.param('product')) return payment;
  throw refuse(dialect.errors, 'RESOURCE_UNKNOWN', 'there is no such payment');
}

/** At some banks a payment is not found before its approval. */
function readable(c: BankContext, bench: Bench): Payment {
  const payment = findPayment(c, bench);
  const { dialect } = bankOf(c);
  if (!dialect.hidesUnapproved || payment.status !== 'RCVD') return payment;
  throw refuse(dialect.errors, 'RESOURCE_UNKNOWN', 'the payment is not approved');
}

function startedPayment(c: BankContext, payment: Payment, { context }: Bench): object {
  const path = pathOf(payment);
  const { authorisation, isExempted, id } = payment;
  const { approach } = bankOf(c).dialect;
  const authorisations = `${path}/authorisations`;
  const redirect = {
    scaRedirect: { href: `${context.origin}/approve/payment?id=${id}` },
    scaStatus: { href: `${authorisations}/${authorisation?.id}` },
  };
  const inApp = { startAuthorisationWithPsuIdentification: { href: authorisations } };
  const way = approach === 'DECOUPLED' ? inApp : redirect;
  const resource = { self: { href: path }, status: { href: `${path}/status` } };
  return {
    transactionStatus: payment.status,
    paymentId: id,
    ...(isExempted && { scaStatus: 'exempted' }),
    _links: { ...resource, ...(!isExempted && way) },
  };
}

function describeOrder(
  { order, endToEndId, executionDate }: Payment,
  misreport: Misreport | undefined,
): object {
  if (misreport === 'order') return {};
  const oere = misreport === 'amount' ? order.amountOere + 1 : order.amountOere;
  const creditor = misreport === 'creditor' ? order.debtorAccountNumber : order.creditorAccountNumber;
  const { kid, text } = order;
  return {
    ...(endToEndId !== undefined && { endToEndIdentification: endToEndId }),
    debtorAccount: { bban: order.debtorAccountNumber, currency: 'NOK' },
    instructedAmount: { currency: 'NOK', amount: (oere / 100).toFixed(2) },
    creditorName: order.creditorName,
    creditorAccount: { bban: creditor },
    ...(kid !== undefined && { remittanceInformationStructured: { reference: kid } }),
    ...(text !== undefined && { remittanceInformationUnstructured: text }),
    ...(executionDate !== undefined && { requestedExecutionDate: executionDate }),
  };
}
