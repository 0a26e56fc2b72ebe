import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '#domain/errors.ts';
import {
  mobileReturnPath,
  redeemCode,
  redeemTicket,
  returnToApp,
  startMobileSignIn,
  type MobileReturn,
} from '#usecases/sign-in/mobile-sign-in.ts';
import {
  mobileCallbackSchema,
  mobileSessionSchema,
  newMobileSignInSchema,
  startedMobileSignInSchema,
} from '../contract/session.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { answerProblemPage, problemRequestOf, reportProblem, toDropError } from '../problem.ts';
import { body, json, problems } from './openapi.ts';

export const mobileStartPath = '/api/auth/bankid/mobile';

const start = createRoute({
  method: 'post',
  path: mobileStartPath,
  summary: 'Starts a sign-in of the app',
  request: { body: body(newMobileSignInSchema) },
  responses: {
    201: json(startedMobileSignInSchema, 'What to open in the system browser'),
    ...problems(400, 429, 503),
  },
});

const back = createRoute({
  method: 'get',
  path: mobileReturnPath,
  summary: 'The redirect address of BankID for the system browser; redirects to the app',
  responses: { 303: { description: 'To the app, with a ticket or an error' }, ...problems(400, 503) },
});

const callback = createRoute({
  method: 'post',
  path: '/api/auth/bankid/mobile/callback',
  summary: "Opens the app's session",
  request: { body: body(mobileCallbackSchema) },
  responses: {
    200: json(mobileSessionSchema, 'The bearer token'),
    ...problems(400, 401, 403, 409, 500, 503),
  },
});

/** The error words for the app after a failed sign-in. The app receives no other details. */
export const appErrors: Partial<Record<ErrorCode, string>> = {
  sign_in_cancelled: 'cancelled',
  sign_in_expired: 'expired',
  sign_in_under_age: 'under_age',
  sign_in_identity_conflict: 'conflict',
  sign_in_unavailable: 'unavailable',
  database_unavailable: 'unavailable',
};

export function mobileRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(start, async (c) => {
    const { appChallenge, language } = c.req.valid('json');
    const locale = language ?? c.get('locale');
    return c.json(await startMobileSignIn(context, { appChallenge, locale }), 201);
  });

  app.openapi(back, async (c) => {
    try {
      const returned = await returnToApp(context, new URL(c.req.url).searchParams);
      return c.redirect(appLinkFor(c, dependencies, returned), 303);
    } catch (error) {
      return answerProblemPage(c, dependencies, error);
    }
  });

  app.openapi(callback, async (c) => {
    const given = c.req.valid('json');
    const fromApp = {
      appVerifier: given.appVerifier,
      userAgent: c.req.header('user-agent'),
      locale: c.get('locale'),
    };
    const { token, expiresAt } =
      'ticket' in given
        ? await redeemTicket(context, { ...fromApp, ticket: given.ticket })
        : await redeemCode(context, { ...fromApp, parameters: parametersOf(given) });
    return c.json({ token, expiresAt: expiresAt.toISOString() }, 200);
  });
}

/** The callback parameters as BankID sent them to the app. */
function parametersOf(given: { code: string; state: string; iss?: string | undefined }): URLSearchParams {
  const { code, state, iss } = given;
  return new URLSearchParams({ code, state, ...(iss !== undefined && { iss }) });
}

function appLinkFor(c: HttpContext, dependencies: HttpDependencies, returned: MobileReturn): string {
  const link = new URL(dependencies.config.BANKID_APP_LINK);
  if ('ticket' in returned) link.searchParams.set('ticket', returned.ticket);
  else link.searchParams.set('error', appError(c, dependencies, returned.error));
  link.searchParams.set('state', returned.state);
  return link.href;
}

function appError(c: HttpContext, dependencies: HttpDependencies, thrown: unknown): string {
  const error = toDropError(thrown);
  reportProblem(problemRequestOf(c), dependencies, error);
  return appErrors[error.code] ?? 'failed';
}
