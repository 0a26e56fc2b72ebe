import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIHono } from '@hono/zod-openapi';
import { getCookie } from 'hono/cookie';
import { DropError } from '#domain/errors.ts';
import { defaultLocale, isLocale, localeFromHeader, type Locale } from '#domain/locale.ts';
import { compressedAssets } from './compressed-assets.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from './environment.ts';
import { fixedFile } from './fixed-file.ts';
import { identifyWork } from './identify-work.ts';
import { installable } from './installable.ts';
import { invalidRequest } from './invalid-request.ts';
import { isPagePath } from './is-page-path.ts';
import { limitCustomers } from './limit-customers.ts';
import { logRequests } from './log-requests.ts';
import { neverStored } from './never-stored.ts';
import { refuseForeignOrigins } from './origin.ts';
import { pageLookOf } from './page-look.ts';
import { answerProblem, unreadableAddress } from './problem.ts';
import { refuseHead } from './refuse-head.ts';
import { refuseOtherCustomers } from './refuse-other-customers.ts';
import { refuseUnstorable } from './refuse-unstorable.ts';
import { requestIdOf } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';
import { traceRequests } from './trace-requests.ts';
import { wholeBody } from './whole-body.ts';
import { accountRoutes } from './routes/accounts.ts';
import { cardRoutes } from './routes/cards.ts';
import { consentRoutes } from './routes/consents.ts';
import { appLinkRoutes } from './routes/app-links.ts';
import { bankRoutes } from './routes/banks.ts';
import { deviceRoutes } from './routes/devices.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { emailAddressRoutes } from './routes/email-address.ts';
import { eventRoutes } from './routes/events.ts';
import { fileRoutes } from './routes/files.ts';
import { kycRoutes } from './routes/kyc.ts';
import { mobileRoutes } from './routes/mobile.ts';
import { paymentDocumentRoutes } from './routes/payment-documents.ts';
import { creditorRoutes } from './routes/creditors.ts';
import { paymentStatementRoutes } from './routes/payment-statement.ts';
import { paymentDraftRoutes } from './routes/payment-draft.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { paymentRoutes } from './routes/payments.ts';
import { settingsRoutes } from './routes/settings.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { systemRoutes } from './routes/system.ts';
import { wantsPage } from './wants-page.ts';
import { webhookRoutes } from './webhooks/route.ts';

export type HttpApp = OpenAPIHono<HttpEnvironment>;

/** Drop's whole HTTP side as one Web-standard handler, which any server or framework can mount. */
export function createApp(dependencies: HttpDependencies): HttpApp {
  const app = new OpenAPIHono<HttpEnvironment>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error.issues);
    },
  });
  app.onError((error, c) => answerProblem(c, dependencies, error));
  app.notFound((c) => answerProblem(c, dependencies, new DropError('not_found')));
  const { tracing, entropy } = dependencies.context;
  app.use((c, next) => {
    c.set('requestId', requestIdOf(c.req.header('x-request-id'), entropy));
    c.set('locale', localeOf(c));
    // A router reads paths of addresses that are no URLs, such as with the Host `999.1.1.1`.
    if (!URL.canParse(c.req.url)) throw unreadableAddress();
    return next();
  });
  // Before the middleware that is for browsers, to which webhooks are subject in no way.
  webhookRoutes(app, dependencies);
  if (tracing.isOn) app.use(traceRequests(tracing));
  app.use(logRequests(dependencies));
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('x-request-id', c.get('requestId'));
  });
  app.use(securityHeaders(dependencies));
  identifyWork(app);
  app.use('/api/*', neverStored);
  app.use('/api/*', refuseHead(dependencies));
  fileRoutes(app, dependencies);
  app.use('/api/*', refuseForeignOrigins(dependencies.config.baseUrl));
  app.use('/api/*', refuseOtherCustomers(dependencies));
  app.use('/api/*', wholeBody);
  app.use('/api/*', refuseUnstorable(dependencies));
  limitCustomers(app, dependencies);
  for (const add of [
    signInRoutes,
    mobileRoutes,
    appLinkRoutes,
    deviceRoutes,
    notificationRoutes,
    kycRoutes,
    bankRoutes,
    accountRoutes,
    consentRoutes,
    paymentRoutes,
    paymentDocumentRoutes,
    paymentStatementRoutes,
    paymentDraftRoutes,
    creditorRoutes,
    cardRoutes,
    emailAddressRoutes,
    settingsRoutes,
    privacyRoutes,
    eventRoutes,
    systemRoutes,
  ]) {
    add(app, dependencies);
  }
  webApp(app, dependencies);
  return app;
}

/**
 * The language that the customer chose. Without a choice, pages use the default language and the API uses
 * `Accept-Language`.
 */
function localeOf(c: HttpContext): Locale {
  const chosen = getCookie(c, 'drop-locale');
  if (isLocale(chosen)) return chosen;
  return wantsPage(c) ? defaultLocale : localeFromHeader(c.req.header('accept-language'));
}

/**
 * Serves the bundle, and its only page at the path of each screen. At any other path a browser gets the same page, in
 * which the app says that there is no such screen, with the status 404. `/metrics` is the internal listener's: here its
 * reader must not take the page for metrics.
 */
function webApp(app: HttpApp, dependencies: HttpDependencies): void {
  const { webShell } = dependencies;
  app.use('/assets/*', async (c, next) => {
    await next();
    if (!c.res.ok) return;
    c.res.headers.set('cache-control', 'public, max-age=31536000, immutable');
    c.res.headers.set('vary', 'accept-encoding');
  });
  app.get('/assets/*', compressedAssets(webShell.directory));
  app.use('/assets/*', serveStatic({ root: webShell.directory, precompressed: true }));
  installable(app, dependencies);
  // Any version of it does for any page.
  fixedFile(app, webShell, { path: '/start-watch.js', cacheControl: 'public, max-age=86400' });
  app.get('*', async (c, next) => {
    if (/^\/(api|assets|\.well-known)\/|^\/metrics$/.test(c.req.path)) return next();
    const isKnown = isPagePath(c.req.path);
    if (!isKnown && !wantsPage(c)) return next();
    const page = await webShell.page(pageLookOf(c, dependencies));
    return c.html(page, isKnown ? 200 : 404, { 'cache-control': 'no-cache' });
  });
}
