import { Hono, type Context } from 'hono';
import type { z } from 'zod';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { defaultLocale } from '#domain/locale.ts';
import type { PaymentPages } from '#emulation/bank/payment-pages.ts';
import { takePlan } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { traitsOf } from './banks.ts';
import { describePayment, statusOf } from './payment-description.ts';
import { orderIn, paymentRequest } from './payment-request.ts';
import { codes, refuse } from './refusal.ts';
import { assertIdentified, isAttended, readBody, redirectUrlOf, sessionOf } from './requests.ts';
import { addressOf, newId, type Bench, type Payment, type Product, type Session } from './world.ts';

type RouteContext = Context<EmulatorEnvironment>;

const products: readonly string[] = [
  'domestic-transfer',
  'domestic-scheduled-transfer',
  'instant-domestic-transfer',
] satisfies Product[];
const base = '/ics/v3/payments/:product';
const daysAheadMax = 365;
const paymentPagePath = '/sca/payment';

/** Payments: initiate, authorise, complete, read, and call a scheduled one back. */
export function paymentRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, context, world, settlement } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.post(base, ...guarded('create_payment'), async (c) => {
    const session = sessionOf(c, bench);
    assertIdentified(c, session.bank, bench);
    isAttended(c);
    const product = productOf(c);
    const payment = openPayment(c, { session, product, request: await readBody(c, paymentRequest) }, bench);
    world().payments.set(payment.id, payment);
    session.paymentId = payment.id;
    if (!bench.plans.exempt) {
      settlement.proceed(payment);
      assertConsented(payment, session, bench);
      throw authorisationRequired(payment, bench);
    }
    bench.plans.exempt = false;
    settlement.approve(payment);
    return c.json(created(payment), 201);
  });

  routes.get(`${base}/:id`, ...guarded('get_payment'), (c) =>
    c.json(describePayment(findPayment(c, bench), world().misreport)),
  );

  routes.get(`${base}/:id/authorize`, ...guarded('authorise_payment'), (c) => {
    const payment = findPayment(c, bench);
    assertConsented(payment, sessionOf(c, bench), bench);
    payment.redirectUrl = redirectUrlOf(c, bench);
    const href = `${context.origin}${paymentPagePath}?id=${payment.id}`;
    return c.json({
      paymentId: payment.id,
      message: 'Visit the link to authorise the payment.',
      links: [{ type: 'GET', rel: 'Authorization URL', href, meta: null }],
    });
  });

  routes.post(`${base}/:id/complete`, ...guarded('complete_payment'), (c) => {
    const payment = findPayment(c, bench);
    assertConsented(payment, sessionOf(c, bench), bench);
    if (payment.status === 'RCVD' && !payment.isApproved) throw authorisationRequired(payment, bench);
    if (payment.isApproved) {
      payment.isApproved = false;
      settlement.approve(payment);
    }
    return c.json(created(payment), 201);
  });

  routes.delete(`${base}/:id`, ...guarded('cancel_payment'), (c) => {
    const payment = findPayment(c, bench);
    const isWaiting = payment.status === 'RCVD' || payment.status === 'ACTC';
    if (payment.product !== 'domestic-scheduled-transfer' || !isWaiting)
      throw refuse(codes.notCancellable, 'only a scheduled payment can be cancelled');
    settlement.cancel(payment);
    return c.json(created(payment));
  });

  return routes;
}

/** How the customer comes back: with the payment, and how it went. */
export const paymentReturns: Pick<PaymentPages<Payment>, 'start' | 'onDecided'> = {
  start: { path: paymentPagePath, parameter: 'id' },
  onDecided: ({ id, redirectUrl }, decision) =>
    addressOf(redirectUrl, { resource_id: id, result: decision === 'approved' ? 'OK' : 'FAILED' }),
};

/** A bank that waits for the completion remembers the approval until then. */
export function pagesSettlement({ settlement }: Bench): Bench['settlement'] {
  return {
    ...settlement,
    approve(payment) {
      if (traitsOf(payment.bank).completesByItself) settlement.approve(payment);
      else payment.isApproved = true;
    },
  };
}

function productOf(c: RouteContext): Product {
  const product = c.req.param('product') ?? '';
  if (products.includes(product)) return product as Product;
  throw refuse(codes.parameterInvalid, 'no such payment product');
}

function openPayment(
  c: RouteContext,
  asked: { session: Session; product: Product; request: z.output<typeof paymentRequest> },
  bench: Bench,
): Payment {
  const { session, product, request } = asked;
  const { bank } = session;
  const isLost = bench.plans.lose;
  bench.plans.lose = false;
  const executionDate = executionDateIn(request, product, bench);
  return {
    id: newId(),
    bank,
    order: orderIn(request, { bank, product }),
    status: 'RCVD',
    isFinal: false,
    reasonCode: undefined,
    plan: isLost ? 'stall' : takePlan(bench.world()),
    language: defaultLocale,
    createdAt: bench.context.clock.now(),
    session: session.reference,
    product,
    redirectUrl: redirectUrlOf(c, bench),
    endToEndId: request.endToEndIdentification,
    isConsented: !traitsOf(bank).wantsPaymentConsent,
    isApproved: false,
    isLost,
    executionDate,
    dueOn: executionDate,
  };
}

function executionDateIn(
  { requestedExecutionDate: date }: z.output<typeof paymentRequest>,
  product: Product,
  { context }: Bench,
): string | undefined {
  if (product !== 'domestic-scheduled-transfer') {
    if (date === undefined) return undefined;
    throw refuse(codes.parameterInvalid, 'requestedExecutionDate belongs to a scheduled payment');
  }
  const today = osloDay(context.clock.now());
  if (date === undefined || date <= today)
    throw refuse(codes.parameterInvalid, 'requestedExecutionDate is not in the future');
  if (date > dayAfter(today, daysAheadMax))
    throw refuse(codes.parameterInvalid, 'requestedExecutionDate is too far ahead');
  return date;
}

const created = (payment: Payment): object => ({
  paymentId: payment.id,
  status: statusOf(payment),
  creationDateTime: payment.createdAt.toISOString(),
});

function authorisationRequired({ id, product }: Payment, { context }: Bench): Error {
  const href = `${context.origin}/ics/v3/payments/${product}/${id}/authorize`;
  return refuse(codes.authorisationRequired, 'the payment requires authorisation', {
    rel: 'payment',
    href,
    id,
  });
}

function assertConsented(payment: Payment, { reference }: Session, { context }: Bench): void {
  if (payment.isConsented) return;
  const href = `${context.origin}/ics/v3/consent/${reference}?scope=payments`;
  throw refuse(codes.consentRequired, 'consent is required', { rel: 'consent', href, id: reference });
}

function findPayment(c: RouteContext, bench: Bench): Payment {
  const session = sessionOf(c, bench);
  const payment = bench.world().payments.get(c.req.param('id') ?? '');
  const isFound = payment?.session === session.reference && payment.product === productOf(c);
  if (payment === undefined || !isFound)
    throw refuse(codes.paymentUnknown, 'no such payment of this session');
  return payment;
}
