import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { isDropError } from '#domain/errors.ts';
import { signInOutcomePath } from '#domain/outcomes.ts';
import { discardWith } from '#usecases/payments/draft.ts';
import { isToken } from '#usecases/sign-in/token.ts';
import { completeSignIn, sessionMs, signOut, startSignIn, type SignedIn } from '#usecases/sign-in/sign-in.ts';
import { beginAnew, clearRenewals } from '../begin-anew.ts';
import { meSchema } from '../contract/session.ts';
import { readCookie, writeCookie } from '../cookies.ts';
import { giveIdentity, endSession } from '../customer-identity.ts';
import { currentUser, requireSession, sessionToken } from '../customer.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { limitSignIns } from '../limit-sign-ins.ts';
import { answerProblemPage } from '../problem.ts';
import { safeReturnTo } from '../return-to.ts';
import { mobileStartPath } from './mobile.ts';
import { json, problems } from './openapi.ts';

const startPath = '/api/auth/bankid';
const signInSeconds = 600;

const start = createRoute({
  method: 'get',
  path: startPath,
  summary: 'Sends the browser to BankID',
  request: { query: z.object({ returnTo: z.string().max(2000).optional() }) },
  responses: { 302: { description: 'To BankID' }, ...problems(429, 503) },
});

const callback = createRoute({
  method: 'get',
  path: '/api/auth/bankid/callback',
  summary: 'The redirect address of BankID; opens the session',
  responses: {
    302: { description: 'Signed in, cancelled, or to restart' },
    ...problems(400, 401, 403, 409, 500, 503),
  },
});

const logout = createRoute({
  method: 'post',
  path: '/api/auth/logout',
  summary:
    'Ends the session; with reason=idle, because the customer was inactive, the draft of a payment is kept',
  request: { query: z.object({ reason: z.enum(['idle']).optional() }) },
  responses: { 204: { description: 'Signed out' } },
});

const me = createRoute({
  method: 'get',
  path: '/api/me',
  summary: 'The signed-in customer',
  responses: { 200: json(meSchema, 'The customer'), ...problems(401, 429) },
});

export function signInRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;
  const limit = limitSignIns(dependencies);
  app.use(start.path, limit);
  app.use(mobileStartPath, limit);

  app.openapi(start, async (c) => {
    // One token per browser, for any number of tabs: each tab's sign-in has its own state.
    const kept = readCookie(c, dependencies, 'sign-in');
    const browserToken = isToken(kept) ? kept : context.entropy.token();
    try {
      const returnTo = safeReturnTo(c.req.query('returnTo'));
      const authorizeUrl = await startSignIn(context, { browserToken, returnTo, locale: c.get('locale') });
      writeCookie(c, dependencies, { name: 'sign-in', value: browserToken, maxAgeSeconds: signInSeconds });
      return c.redirect(authorizeUrl, 302);
    } catch (error) {
      return answerProblemPage(c, dependencies, error);
    }
  });

  app.openapi(callback, async (c) => {
    c.header('cache-control', 'no-store');
    const former = readCookie(c, dependencies, 'session');
    const isProgram = (c.req.header('accept') ?? '').includes('json');
    try {
      const ended = await completeSignIn(context, {
        parameters: new URL(c.req.url).searchParams,
        browserToken: readCookie(c, dependencies, 'sign-in'),
        sessionToken: former,
        userAgent: c.req.header('user-agent'),
        locale: c.get('locale'),
      });
      if (ended.kind === 'expired') {
        const startAgain = `${startPath}?returnTo=${encodeURIComponent(ended.returnTo)}`;
        return await beginAnew(c, dependencies, { start: startAgain, error: ended.error, isProgram });
      }
      if (ended.kind === 'signed_in') {
        if (former !== undefined) await signOut(context, former);
        giveSession(c, dependencies, ended);
      }
      return c.redirect(ended.returnTo, 302);
    } catch (error) {
      // A cancellation is not an error, so only a client that asks for JSON gets a problem.
      if (!isProgram && isDropError(error, 'sign_in_cancelled'))
        return c.redirect(signInOutcomePath('cancelled'), 302);
      return answerProblemPage(c, dependencies, error);
    }
  });

  app.openapi(logout, async (c) => {
    const user = await currentUser(c, dependencies);
    const token = sessionToken(c, dependencies);
    const end = async (): Promise<void> => {
      if (token !== undefined) await signOut(context, token);
    };
    await (user && c.req.valid('query').reason !== 'idle' ? discardWith(context, user, end) : end());
    endSession(c, dependencies);
    return c.body(null, 204);
  });

  app.openapi(me, async (c) => {
    const { user, expiresAt } = await requireSession(c, dependencies);
    const features = await context.flags.onFor(user.id);
    const sessionEndsInSeconds = Math.floor((expiresAt.getTime() - context.clock.now().getTime()) / 1000);
    const { id, name, kycStatus } = user;
    return c.json({ id, name, kycStatus, features, sessionEndsInSeconds }, 200);
  });
}

function giveSession(
  c: HttpContext,
  dependencies: HttpDependencies,
  { sessionToken, sealedNumber: sealed }: SignedIn,
): void {
  const maxAgeSeconds = sessionMs / 1000;
  writeCookie(c, dependencies, { name: 'session', value: sessionToken, maxAgeSeconds });
  giveIdentity(c, dependencies, { sealed, maxAgeSeconds });
  clearRenewals(c, dependencies);
}
