import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import type { User } from '#store/users.ts';
import { assertCardsOn } from '#usecases/cards/access.ts';
import { authorizationsOf, cardOf, cardsOf } from '#usecases/cards/cards.ts';
import { cancelCard, changeOwnCard } from '#usecases/cards/change.ts';
import { orderCard } from '#usecases/cards/order.ts';
import { tryPurchase } from '#usecases/cards/purchase.ts';
import { replaceCard } from '#usecases/cards/replace.ts';
import {
  authorizationSchema,
  canceledCardSchema,
  cardSchema,
  cardsSchema,
  changedCardSchema,
  newCardSchema,
  newTestPurchaseSchema,
  openedCardSchema,
  replacedCardSchema,
} from '../contract/cards.ts';
import { givenIdSchema } from '../contract/values.ts';
import { currentUser, requireUser } from '../customer.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { shownAuthorization, shownCard } from '../shown-card.ts';
import { body, json, problems } from './openapi.ts';

const params = z.object({ id: givenIdSchema });
const headers = z.object({ 'idempotency-key': z.string().min(8).max(255).optional() });
const one = json(cardSchema, 'The card');

const list = createRoute({
  method: 'get',
  path: '/api/cards',
  summary: 'The customer’s test cards; not found unless cards are switched on for the customer',
  responses: { 200: json(cardsSchema, 'The cards'), ...problems(401, 404, 429) },
});

const order = createRoute({
  method: 'post',
  path: '/api/cards',
  summary: 'Orders a test card, one of each type at a time',
  request: { headers, body: body(newCardSchema) },
  responses: { 201: one, ...problems(400, 401, 403, 404, 409, 422, 429) },
});

const show = createRoute({
  method: 'get',
  path: '/api/cards/{id}',
  summary: 'A test card with its newest authorisations',
  request: { params },
  responses: { 200: json(openedCardSchema, 'The card'), ...problems(401, 404, 429) },
});

const change = createRoute({
  method: 'put',
  path: '/api/cards/{id}',
  summary: 'Freezes a test card, makes it usable, or sets its spending limit',
  request: { params, body: body(changedCardSchema) },
  responses: { 200: one, ...problems(400, 401, 404, 409, 429) },
});

const cancel = createRoute({
  method: 'post',
  path: '/api/cards/{id}/cancel',
  summary: 'Cancels a test card for good',
  request: { params, body: body(canceledCardSchema) },
  responses: { 200: one, ...problems(400, 401, 404, 429) },
});

const replace = createRoute({
  method: 'post',
  path: '/api/cards/{id}/replacement',
  summary: 'Cancels a test card and orders one in its place, with the same limit',
  request: { params, headers, body: body(replacedCardSchema) },
  responses: { 201: one, ...problems(400, 401, 403, 404, 409, 422, 429) },
});

const purchase = createRoute({
  method: 'post',
  path: '/api/cards/{id}/test-purchases',
  summary: 'Tries a purchase that is made up',
  request: { params, headers, body: body(newTestPurchaseSchema) },
  responses: {
    201: json(authorizationSchema, 'The authorisation, approved or declined'),
    ...problems(400, 401, 403, 404, 409, 422, 429),
  },
});

export function cardRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;
  const holder = (c: HttpContext): Promise<User> => requireUser(c, dependencies);
  app.use('/api/cards', cardsOn(dependencies));
  app.use('/api/cards/*', cardsOn(dependencies));

  app.openapi(list, async (c) => {
    const { cards, orderable } = await cardsOf(context, await holder(c));
    return c.json({ cards: cards.map(shownCard), orderable, isTest: true } as const, 200);
  });

  app.openapi(order, async (c) => {
    const user = await holder(c);
    const idempotencyKey = keyOf(c.req.valid('header'));
    return c.json(shownCard(await orderCard(context, user, { ...c.req.valid('json'), idempotencyKey })), 201);
  });

  app.openapi(show, async (c) => {
    const card = await cardOf(context, await holder(c), c.req.valid('param').id);
    const authorizations = await authorizationsOf(context, card);
    return c.json({ ...shownCard(card), authorizations: authorizations.map(shownAuthorization) }, 200);
  });

  app.openapi(change, async (c) => {
    const wanted = { ...c.req.valid('param'), ...c.req.valid('json') };
    return c.json(shownCard(await changeOwnCard(context, await holder(c), wanted)), 200);
  });

  app.openapi(cancel, async (c) => {
    const { reason } = c.req.valid('json');
    const { id } = c.req.valid('param');
    return c.json(shownCard(await cancelCard(context, await holder(c), { id, reason })), 200);
  });

  app.openapi(replace, async (c) => {
    const user = await holder(c);
    const idempotencyKey = keyOf(c.req.valid('header'));
    const wanted = { ...c.req.valid('param'), ...c.req.valid('json'), idempotencyKey };
    return c.json(shownCard(await replaceCard(context, user, wanted)), 201);
  });

  app.openapi(purchase, async (c) => {
    const user = await holder(c);
    const idempotencyKey = keyOf(c.req.valid('header'));
    const tried = { ...c.req.valid('param'), ...c.req.valid('json'), idempotencyKey };
    return c.json(shownAuthorization(await tryPurchase(context, user, tried)), 201);
  });
}

/** Answers 404 to a customer for whom cards are off, before anything of the request is looked at. */
function cardsOn(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const user = await currentUser(c, dependencies);
    if (user) await assertCardsOn(dependencies.context, user.id);
    return next();
  };
}

/** @throws {DropError} `idempotency_key_missing`. */
function keyOf({ 'idempotency-key': key }: z.output<typeof headers>): string {
  if (key === undefined) throw new DropError('idempotency_key_missing');
  return key;
}
