import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { DropError } from '#domain/errors.ts';
import { noStep, redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import { documentsOf } from '#domain/payment/document.ts';
import { searchLengthMax } from '#domain/payment/search.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import { moneyMoved, type PaymentStatus } from '#domain/payment/status.ts';
import { timelines } from '#store/payment-events.ts';
import { findPayment, type Payment as KeptPayment } from '#store/payments.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { cancelPayment, isCancellable } from '#usecases/payments/cancel.ts';
import { dismissPayment, isDismissable } from '#usecases/payments/dismiss.ts';
import { pay, type PaymentForm } from '#usecases/payments/pay.ts';
import { paymentsOf } from '#usecases/payments/list.ts';
import { quotedReference } from '#usecases/payments/quoted-reference.ts';
import { notePaymentWatched } from '#usecases/payments/watched.ts';
import {
  cancelledPaymentSchema,
  newPaymentSchema,
  paymentSchema,
  paymentsHeadersSchema,
  paymentsQuerySchema,
  paymentsSchema,
  startedPaymentSchema,
  type NewPayment,
  type Payment,
} from '../contract/payments.ts';
import { givenIdSchema } from '../contract/values.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { attendedAccess, requireSession, requireUser } from '../customer.ts';
import { customerIdentity } from '../customer-identity.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { shownStep, stepOf } from '../next-step.ts';
import { body, json, problems } from './openapi.ts';

const idParameter = z.object({ id: givenIdSchema });

const create = createRoute({
  method: 'post',
  path: '/api/payments',
  summary: 'Creates a payment and hands the order to the bank',
  request: {
    headers: z.object({ 'idempotency-key': z.string().min(8).max(255).optional() }),
    body: body(newPaymentSchema),
  },
  responses: {
    201: json(startedPaymentSchema, 'The payment, and where to approve it'),
    ...problems(400, 401, 403, 404, 409, 422, 429, 503),
  },
});

const list = createRoute({
  method: 'get',
  path: '/api/payments',
  summary: "The customer's payments, newest first",
  request: { query: paymentsQuerySchema, headers: paymentsHeadersSchema },
  responses: { 200: json(paymentsSchema, 'A page of them'), ...problems(400, 401, 429) },
});

const show = createRoute({
  method: 'get',
  path: '/api/payments/{id}',
  summary: 'One payment',
  request: { params: idParameter },
  responses: { 200: json(paymentSchema, 'The payment'), ...problems(401, 404, 429) },
});

const cancel = createRoute({
  method: 'post',
  path: '/api/payments/{id}/cancel',
  summary: 'Cancels a payment, if the bank supports it',
  request: { params: idParameter },
  responses: {
    200: json(cancelledPaymentSchema, 'The payment, and what the customer has to do for the cancellation'),
    ...problems(401, 403, 404, 409, 429, 503),
  },
});

const dismiss = createRoute({
  method: 'post',
  path: '/api/payments/{id}/dismiss',
  summary: 'Puts aside a payment that waits for the customer and cannot be called back',
  request: { params: idParameter },
  responses: { 200: json(paymentSchema, 'The payment'), ...problems(401, 404, 409, 429) },
});

export function paymentRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(create, async (c) => {
    const session = await requireSession(c, dependencies);
    const idempotencyKey = c.req.valid('header')['idempotency-key'];
    if (idempotencyKey === undefined) throw new DropError('idempotency_key_missing');
    const { acceptsRepeat = false, ...form } = c.req.valid('json');
    const circumstances = {
      idempotencyKey,
      access: attendedAccess(c, dependencies),
      locale: c.get('locale'),
      customer: customerIdentity(c, dependencies, session),
      acceptsRepeat,
    };
    const payment = await pay(context, session.user, {
      form: filledIn(form),
      circumstances,
    });
    const { id, status } = payment;
    const step = stepOf({ ...payment, redirectUrl: approvalLink(context, payment) });
    const redirectUrl = redirectUrlOf(step);
    const next = shownStep(step);
    return c.json({ id, status, ...(redirectUrl !== undefined && { redirectUrl }), next }, 201);
  });

  app.openapi(list, async (c) => {
    const user = await requireUser(c, dependencies);
    const { status, ...query } = c.req.valid('query');
    const text = searchTextOf(c.req.valid('header')['drop-search']);
    const statuses = status === undefined ? undefined : [status].flat();
    const { payments, nextCursor = null } = await paymentsOf(context, user, { ...query, statuses, text });
    return c.json({ payments: await shown(dependencies, payments), nextCursor }, 200);
  });

  app.openapi(show, async (c) => {
    const payment = await own(c, dependencies, c.req.valid('param').id);
    await notePaymentWatched(context, payment);
    return c.json(await shownOne(dependencies, payment), 200);
  });

  app.openapi(cancel, async (c) => {
    const user = await requireUser(c, dependencies);
    const { id } = c.req.valid('param');
    const next = await cancelPayment(context, user, { id, access: attendedAccess(c, dependencies) });
    return c.json({ ...(await one(c, dependencies, id)), cancellation: shownStep(next) }, 200);
  });

  app.openapi(dismiss, async (c) => {
    const { id } = c.req.valid('param');
    await dismissPayment(context, await requireUser(c, dependencies), id);
    return c.json(await one(c, dependencies, id), 200);
  });
}

/** @throws {DropError} `invalid_request` when it is not percent-encoded, or too long. */
function searchTextOf(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined;
  try {
    const text = decodeURIComponent(encoded);
    if (text.length <= searchLengthMax) return text;
  } catch {
    // Reported below, without the text.
  }
  const message = `must be percent-encoded, of at most ${searchLengthMax} characters`;
  throw new DropError('invalid_request', { fields: [{ field: 'drop-search', message }] });
}

/** A member that says nothing is left out, so that a request of an earlier client is still the same one. */
function filledIn({ accountId, amount, creditor, kid, text, ...how }: NewPayment): PaymentForm {
  const { instant = false, executionDate } = how;
  return { accountId, amount, creditor, kid, text, ...(instant && { isInstant: true }), executionDate };
}

async function one(c: HttpContext, dependencies: HttpDependencies, id: string): Promise<Payment> {
  return shownOne(dependencies, await own(c, dependencies, id));
}

async function own(c: HttpContext, dependencies: HttpDependencies, id: string): Promise<KeptPayment> {
  const user = await requireUser(c, dependencies);
  const payment = await findPayment(dependencies.context.store.database, { id });
  if (payment?.userId !== user.id) throw new DropError('payment_unknown');
  return payment;
}

async function shownOne(dependencies: HttpDependencies, payment: KeptPayment): Promise<Payment> {
  const [found] = await shown(dependencies, [payment]);
  if (!found) throw new DropError('payment_unknown');
  return found;
}

async function shown({ context }: HttpDependencies, payments: KeptPayment[]): Promise<Payment[]> {
  const ids = payments.map(({ id }) => id);
  const found = await timelines(context.store.database, ids);
  return payments.map((payment) => {
    const next = approvalOf(context, payment);
    return {
      ...shownPayment(payment, found.get(payment.id) ?? []),
      bankReference: quotedReference(context, payment) ?? null,
      redirectUrl: redirectUrlOf(next) ?? null,
      next: shownStep(next),
      isCancellable: isCancellable(context, payment),
      isDismissable: isDismissable(context, payment),
    };
  });
}

function shownPayment(
  payment: KeptPayment,
  timeline: { status: PaymentStatus; at: Date }[],
): Omit<Payment, 'isCancellable' | 'isDismissable' | 'redirectUrl' | 'next' | 'bankReference'> {
  const { order } = payment;
  const isContradicted = payment.contradictedAt !== undefined;
  return {
    id: payment.id,
    reference: shortReferenceOf(payment.id),
    status: payment.status,
    moneyMoved: moneyMoved({ status: payment.status, isContradicted }),
    isContradicted,
    creditorCredited: payment.creditorCredited,
    reason: paymentSchema.shape.reason.parse(payment.reason ?? null),
    amount: order.money,
    creditor: { name: order.creditorName, accountNumber: order.creditorAccountNumber },
    kid: order.remittance.kind === 'kid' ? order.remittance.kid : null,
    text: order.remittance.kind === 'text' ? order.remittance.text : null,
    instant: order.execution.kind === 'instant',
    executionDate: order.execution.kind === 'on' ? order.execution.date : null,
    debtor: {
      accountId: payment.accountId,
      bankName: payment.bankName,
      accountNumber: order.debtorAccountNumber,
    },
    documents: documentsOf({ ...payment, isContradicted, timeline }),
    dismissedAt: payment.dismissedAt?.toISOString() ?? null,
    createdAt: payment.createdAt.toISOString(),
    settledAt: payment.settledAt?.toISOString() ?? null,
    timeline: [
      { status: 'created', at: payment.createdAt.toISOString() },
      ...timeline.map(({ status, at }) => ({ status, at: at.toISOString() })),
    ],
  };
}

/**
 * None for a contradicted payment: the order at the bank may not be the one that the customer filled in. None for one
 * that the customer put aside.
 */
function approvalOf(context: UseCaseContext, payment: KeptPayment): NextStep {
  const { status, contradictedAt, dismissedAt } = payment;
  const waits = status === 'awaiting_authorisation' && contradictedAt === undefined;
  return waits && dismissedAt === undefined
    ? stepOf({ ...payment, redirectUrl: approvalLink(context, payment) })
    : noStep;
}
