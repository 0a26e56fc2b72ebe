import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { discardDraft, draftOf, keepDraft } from '#usecases/payments/draft.ts';
import { keptPaymentDraftSchema, paymentDraftSchema, type PaymentDraft } from '../contract/payment-draft.ts';
import { requireSession, requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { body, json, problems } from './openapi.ts';

const path = '/api/payment-draft';

const show = createRoute({
  method: 'get',
  path,
  summary: 'The payment that the customer has begun to fill in',
  responses: { 200: json(keptPaymentDraftSchema, 'The draft; null without one'), ...problems(401, 429) },
});

const keep = createRoute({
  method: 'put',
  path,
  summary: 'Keeps a payment that is being filled in, for a day, in the place of the one before',
  request: { body: body(paymentDraftSchema) },
  responses: { 204: { description: 'Kept' }, ...problems(400, 401, 429) },
});

const discard = createRoute({
  method: 'delete',
  path,
  summary: 'Discards the draft',
  responses: { 204: { description: 'Discarded' }, ...problems(401, 429) },
});

export function paymentDraftRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(show, async (c) => {
    const text = await draftOf(context, await requireUser(c, dependencies));
    return c.json({ draft: readDraft(text) }, 200);
  });

  app.openapi(keep, async (c) => {
    const session = await requireSession(c, dependencies);
    await keepDraft(context, session, JSON.stringify(c.req.valid('json')));
    return c.body(null, 204);
  });

  app.openapi(discard, async (c) => {
    await discardDraft(context, await requireUser(c, dependencies));
    return c.body(null, 204);
  });
}

/** Another version of Drop may have kept another form, which is then no draft. */
function readDraft(text: string | undefined): PaymentDraft | null {
  if (text === undefined) return null;
  const read = paymentDraftSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
