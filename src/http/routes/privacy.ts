import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { closeAccount, openPaymentsOf } from '#usecases/privacy/close-account.ts';
import { askForCopy, copyAddress, copyState, type CopyState } from '#usecases/privacy/copy/ask-copy.ts';
import {
  accountClosureSchema,
  closeAccountSchema,
  dataCopySchema,
  type DataCopy,
} from '../contract/privacy.ts';
import { requireUser } from '../customer.ts';
import { endSession } from '../customer-identity.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { answerProblemPage } from '../problem.ts';
import { body, json, problems } from './openapi.ts';

const copyPath = '/api/data-copy';
const closurePath = '/api/account-closure';

const showCopy = createRoute({
  method: 'get',
  path: copyPath,
  summary: 'The customer’s newest copy of their data',
  responses: { 200: json(dataCopySchema, 'Where it stands'), ...problems(401, 429) },
});

const askCopy = createRoute({
  method: 'post',
  path: copyPath,
  summary: 'Asks for a copy of the customer’s data, at most three times in 24 hours',
  responses: { 202: json(dataCopySchema, 'It is being made'), ...problems(401, 429) },
});

const downloadCopy = createRoute({
  method: 'get',
  path: `${copyPath}/download`,
  summary: 'Downloads the copy, by an address that is valid for minutes',
  responses: { 302: { description: 'To the archive' }, ...problems(401, 404, 429, 503) },
});

const showClosure = createRoute({
  method: 'get',
  path: closurePath,
  summary: 'What stands in the way of closing the account',
  responses: { 200: json(accountClosureSchema, 'What is open'), ...problems(401, 429) },
});

const close = createRoute({
  method: 'post',
  path: closurePath,
  summary: 'Closes the account for good',
  request: { body: body(closeAccountSchema) },
  responses: { 204: { description: 'Closed, and signed out everywhere' }, ...problems(400, 401, 409, 429) },
});

/** The copy of the customer's data, and the closing of the account. */
export function privacyRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(showCopy, async (c) => {
    const { id } = await requireUser(c, dependencies);
    return c.json(shown(await copyState(context, id)), 200);
  });

  app.openapi(askCopy, async (c) => {
    const { id } = await requireUser(c, dependencies);
    return c.json(shown(await askForCopy(context, id, c.get('locale'))), 202);
  });

  // A browser that gets no file is answered with a page, as the customer followed a link.
  app.openapi(downloadCopy, async (c) => {
    try {
      const { id } = await requireUser(c, dependencies);
      const { url } = await copyAddress(context, id);
      return c.redirect(url, 302);
    } catch (error) {
      return answerProblemPage(c, dependencies, error);
    }
  });

  app.openapi(showClosure, async (c) => {
    const { id } = await requireUser(c, dependencies);
    return c.json({ openPayments: await openPaymentsOf(context, id) }, 200);
  });

  app.openapi(close, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await closeAccount(context, id, 'customer');
    context.log('info', 'a customer closed the account', { userId: id });
    endSession(c, dependencies);
    return c.body(null, 204);
  });
}

function shown(state: CopyState): DataCopy {
  const askedAt = state.status === 'none' ? null : state.askedAt.toISOString();
  const nothing = { expiresAt: null, bytes: null };
  if (state.status !== 'ready') return { status: state.status, askedAt, ...nothing };
  return { status: 'ready', askedAt, expiresAt: state.expiresAt.toISOString(), bytes: state.bytes };
}
