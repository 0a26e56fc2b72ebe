import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { PagePath } from '#http/contract/pages.ts';
import type { Problem } from '#http/contract/problem.ts';
import { meQuery } from './api/queries.ts';
import { hasSessionEnded } from './api/session-end.ts';
import {
  accountsSearch,
  banksSearch,
  consentsSearch,
  paymentsSearch,
  paySearch,
  signInSearch,
} from './search.ts';
import { HomePage, loadHome } from './home/home-page.tsx';
import { CustomerOnly } from './shell/customer-only.tsx';
import { lazyScreen } from './shell/lazy-screen.tsx';
import { NotFound } from './shell/not-found.tsx';
import { takeEmailLink } from './shell/email-link.ts';
import { assertOwnDocument } from './shell/own-document.ts';
import { RouteProblem } from './shell/route-problem.tsx';
import { Root } from './shell/root.tsx';
import { Waiting } from './shell/waiting.tsx';

export interface RouterContext {
  queryClient: QueryClient;
  /** The problem that the server embedded in this page after a failed navigation. */
  servedProblem: Problem | undefined;
}

const pendingMs = 300;

const rootRoute = createRootRouteWithContext<RouterContext>()({
  beforeLoad: ({ location, preload }) => {
    if (preload) return;
    takeEmailLink(location);
    assertOwnDocument(location);
  },
  component: Root,
  notFoundComponent: NotFound,
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  /* The front page would not say what happened. */
  beforeLoad: ({ context, preload }) => {
    if (preload || !hasSessionEnded(context.queryClient)) return;
    redirect({ to: '/sign-in', search: { outcome: 'session_ended' }, replace: true, throw: true });
  },
  loader: ({ context }) => loadHome(context.queryClient),
  component: HomePage,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: async ({ context, search }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (me) redirect({ href: search.returnTo ?? '/', replace: true, throw: true });
  },
  component: lazyScreen(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Screens for signed-in customers. Visitors are sent to the sign-in and come back afterwards. */
const customerRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'customer',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (me) return;
    const outcome = hasSessionEnded(context.queryClient) ? 'session_ended' : undefined;
    redirect({
      to: '/sign-in',
      search: { outcome, returnTo: location.pathname + location.searchStr },
      replace: true,
      throw: true,
    });
  },
  component: CustomerOnly,
});

const verifyRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/verify',
  component: lazyScreen(() => import('./verify/verify-page.tsx'), 'VerifyPage'),
});

const banksRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/banks',
  validateSearch: banksSearch,
  component: lazyScreen(() => import('./banks/banks-page.tsx'), 'BanksPage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/accounts',
  validateSearch: accountsSearch,
  component: lazyScreen(() => import('./accounts/accounts-page.tsx'), 'AccountsPage'),
});

const consentsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/consents',
  validateSearch: consentsSearch,
  component: lazyScreen(() => import('./consents/consents-page.tsx'), 'ConsentsPage'),
});

const devicesRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/devices',
  component: lazyScreen(() => import('./devices/devices-page.tsx'), 'DevicesPage'),
});

const notificationsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/notifications',
  component: lazyScreen(() => import('./notifications/notifications-page.tsx'), 'NotificationsPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/settings',
  component: lazyScreen(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});

const profileRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/profile',
  component: lazyScreen(() => import('./settings/profile-page.tsx'), 'ProfilePage'),
});

const privacyRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/privacy',
  component: lazyScreen(() => import('./privacy/privacy-page.tsx'), 'PrivacyPage'),
});

const accountClosedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account-closed',
  component: lazyScreen(() => import('./privacy/closed-page.tsx'), 'ClosedPage'),
});

const confirmEmailRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/confirm-email',
  component: lazyScreen(() => import('./confirm-email/confirm-email-page.tsx'), 'ConfirmEmailPage'),
});

const payRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/pay',
  validateSearch: paySearch,
  component: lazyScreen(() => import('./pay/pay-page.tsx'), 'PayPage'),
});

const recipientsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/recipients',
  component: lazyScreen(() => import('./recipients/recipients-page.tsx'), 'RecipientsPage'),
});

const paymentsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/payments',
  validateSearch: paymentsSearch,
  component: lazyScreen(() => import('./payments/payments-page.tsx'), 'PaymentsPage'),
});

const paymentRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/payments/$paymentId',
  component: lazyScreen(() => import('./payments/payment-page.tsx'), 'PaymentPage'),
});

const cardsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/cards',
  component: lazyScreen(() => import('./cards/cards-page.tsx'), 'CardsPage'),
});

const cardRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/cards/$cardId',
  component: lazyScreen(() => import('./cards/card-page.tsx'), 'CardPage'),
});

const helpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/help',
  component: lazyScreen(() => import('./help/help-page.tsx'), 'HelpPage'),
});

const aboutRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/about',
  component: lazyScreen(() => import('./legal/about-page.tsx'), 'AboutPage'),
});

const termsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/terms',
  component: lazyScreen(() => import('./legal/legal-pages.tsx'), 'TermsPage'),
});

const privacyNoticeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/privacy-notice',
  component: lazyScreen(() => import('./legal/legal-pages.tsx'), 'PrivacyNoticePage'),
});

const accessibilityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accessibility',
  component: lazyScreen(() => import('./legal/legal-pages.tsx'), 'AccessibilityPage'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  accountClosedRoute,
  helpRoute,
  aboutRoute,
  termsRoute,
  privacyNoticeRoute,
  accessibilityRoute,
  customerRoute.addChildren([
    verifyRoute,
    banksRoute,
    accountsRoute,
    consentsRoute,
    devicesRoute,
    notificationsRoute,
    settingsRoute,
    profileRoute,
    privacyRoute,
    confirmEmailRoute,
    payRoute,
    recipientsRoute,
    paymentsRoute,
    paymentRoute,
    cardsRoute,
    cardRoute,
  ]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultPendingMs: pendingMs,
    defaultPendingComponent: Waiting,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFound,
  });
}

/** Fails to compile unless the router and the server know the same screens. */
type Registered = keyof ReturnType<typeof createAppRouter>['routesByPath'];
true satisfies [Registered, PagePath] extends [PagePath, Registered] ? true : false;
