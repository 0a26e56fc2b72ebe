import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { noStep, redirectUrlOf } from '#domain/banking/next-step.ts';
import { consentStatusAt } from '#domain/banking/consent.ts';
import { DropError } from '#domain/errors.ts';
import { signInOutcomePath } from '#domain/outcomes.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { findConnection, listConnections, type BankConnection } from '#store/bank-connections.ts';
import { checkConnection } from '#usecases/banking/complete-connection.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { banksToLink, renewConnection, startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import {
  banksQuerySchema,
  banksSchema,
  connectionSchema,
  connectionsSchema,
  newConnectionSchema,
  startedConnectionSchema,
  type Bank,
  type Connection,
} from '../contract/banks.ts';
import { givenIdSchema } from '../contract/values.ts';
import { attendedAccess, currentUser, requireSession, requireUser } from '../customer.ts';
import { customerIdentity } from '../customer-identity.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { shownStep, stepOf } from '../next-step.ts';
import { answerProblemPage } from '../problem.ts';
import { body, json, problems } from './openapi.ts';

const secondsPerDay = 86_400;

const banks = createRoute({
  method: 'get',
  path: '/api/banks',
  summary: 'Banks that can be linked, or the one at which a consent can be renewed',
  request: { query: banksQuerySchema },
  responses: { 200: json(banksSchema, 'The banks'), ...problems(400, 401, 403, 404, 429, 503) },
});

const connect = createRoute({
  method: 'post',
  path: '/api/bank-connections',
  summary: 'Starts a consent at a bank, or the renewal of one',
  request: { body: body(newConnectionSchema) },
  responses: {
    201: json(startedConnectionSchema, 'Where to send the customer'),
    ...problems(400, 401, 403, 404, 429, 503),
  },
});

const connections = createRoute({
  method: 'get',
  path: '/api/bank-connections',
  summary: "The customer's consents",
  responses: { 200: json(connectionsSchema, 'Newest first'), ...problems(401, 429) },
});

const connection = createRoute({
  method: 'get',
  path: '/api/bank-connections/{id}',
  summary: 'The status of a consent, including a pending or failed one',
  request: { params: z.object({ id: givenIdSchema }) },
  responses: { 200: json(connectionSchema, 'The consent'), ...problems(401, 404, 429) },
});

const check = createRoute({
  method: 'post',
  path: '/api/bank-connections/{id}/check',
  summary: "Asks the bank about a consent that is approved in the bank's own app",
  request: { params: z.object({ id: givenIdSchema }) },
  responses: {
    200: json(connectionSchema, 'The consent'),
    ...problems(401, 403, 404, 409, 429, 502, 503),
  },
});

const disconnect = createRoute({
  method: 'delete',
  path: '/api/bank-connections/{id}',
  summary: 'Ends a consent, also at the bank',
  request: { params: z.object({ id: givenIdSchema }) },
  responses: { 204: { description: 'Ended' }, ...problems(401, 403, 404, 429, 503) },
});

const callback = createRoute({
  method: 'get',
  path: '/api/openbanking/callback',
  summary: 'The redirect address of banks',
  responses: { 302: { description: 'To the screen that shows the result' }, ...problems(400, 403, 429) },
});

export function bankRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(banks, async (c) => {
    const user = await requireUser(c, dependencies);
    const found = await banksToLink(context, user, c.req.valid('query'));
    const shown = found.map(({ key, bank, provider, movedFrom }) => ({
      id: bank.id,
      key,
      name: bank.name,
      readThrough: provider.intermediary ?? null,
      movesFrom: companyBefore(provider, movedFrom),
      maximumConsentDays: Math.floor(bank.maximumConsentValiditySeconds / secondsPerDay),
    }));
    return c.json({ banks: shown }, 200);
  });

  app.openapi(connect, async (c) => {
    const session = await requireSession(c, dependencies);
    const { bankId = '', renews } = c.req.valid('json');
    const access = attendedAccess(c, dependencies);
    const customer = customerIdentity(c, dependencies, session);
    const request = { access, locale: c.get('locale'), customer };
    const { id, next } = await (renews === undefined
      ? startConnection(context, session.user, { ...request, bankId })
      : renewConnection(context, session.user, { ...request, id: renews }));
    const consentUrl = redirectUrlOf(next);
    return c.json({ id, ...(consentUrl !== undefined && { consentUrl }), next: shownStep(next) }, 201);
  });

  app.openapi(connections, async (c) => {
    const user = await requireUser(c, dependencies);
    const found = await listConnections(context.store.database, user.id, context.clock.now());
    return c.json({ connections: found.map(shownConnection) }, 200);
  });

  app.openapi(connection, async (c) => {
    const user = await requireUser(c, dependencies);
    const { id } = c.req.valid('param');
    const found = await findConnection(context.store.database, { id, userId: user.id });
    if (!found) throw new DropError('not_found', { message: 'no such connection' });
    const status = consentStatusAt(found.status, found.validUntil, context.clock.now());
    return c.json(shownConnection({ ...found, status }), 200);
  });

  app.openapi(check, async (c) => {
    const user = await requireUser(c, dependencies);
    const { id } = c.req.valid('param');
    const found = await checkConnection(context, user, { id, access: attendedAccess(c, dependencies) });
    return c.json(shownConnection(found), 200);
  });

  app.openapi(disconnect, async (c) => {
    const user = await requireUser(c, dependencies);
    await revokeConnection(context, user, c.req.valid('param').id);
    return c.body(null, 204);
  });

  app.openapi(callback, async (c) => {
    try {
      const user = await currentUser(c, dependencies);
      if (!user) return c.redirect(signInOutcomePath('signed_out'), 302);
      const parameters = new URL(c.req.url).searchParams;
      const path = await returnFromBank(context, user, {
        parameters,
        access: attendedAccess(c, dependencies),
      });
      return c.redirect(path, 302);
    } catch (error) {
      return answerProblemPage(c, dependencies, error);
    }
  });
}

function companyBefore(now: OpenBankingProvider, before: OpenBankingProvider | undefined): Bank['movesFrom'] {
  if (before === undefined || before.intermediary === now.intermediary) return null;
  return { readThrough: before.intermediary ?? null };
}

function shownConnection({
  id,
  bankId,
  bankName,
  status,
  validUntil,
  createdAt,
  decoupledStep,
  renews,
}: BankConnection): Connection {
  return {
    id,
    bankId,
    bankName,
    status,
    validUntil: validUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    isRenewal: renews !== undefined,
    next: shownStep(status === 'pending' ? stepOf({ decoupledStep }) : noStep),
  };
}
