import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '#kit/api/query-client.ts';
import { problemInPage } from '#kit/api/problem-in-page.ts';
import { startLocale } from '#kit/locale/locale.ts';
import { startTheme } from '#kit/theme/theme.ts';
import { keepFocus } from '#kit/parts/keep-focus.ts';
import { noteSessionEnd } from './api/session-end.ts';
import { createAppRouter } from './router.tsx';
import { keepShell } from './shell/keep-shell.ts';
import { tellRefused } from './shell/refused-store.ts';
import { watchStylesheets } from './shell/missing-stylesheets.ts';
import { reloadOnce } from './shell/reload-once.ts';
import { endSession, watchSession } from './shell/session-end.ts';
import { loadTexts } from './texts/texts.ts';
import '#kit/theme/index.css';

const queryClient = createQueryClient({
  onSignedOut: () => {
    noteSessionEnd(queryClient);
    void endSession(queryClient, () => router.invalidate());
  },
  onOffline: () => tellRefused('notSent'),
});
const servedProblem = problemInPage(document);
/* The parameters of a failed return may contain a code, so they must not stay in the address or the history. */
if (servedProblem) window.history.replaceState(null, '', window.location.pathname);
const router = createAppRouter({ queryClient, servedProblem });

watchSession(queryClient, () => {
  const signedOut = { to: '/sign-in', search: { outcome: 'signed_out' } } as const;
  void endSession(queryClient, () => router.navigate(signedOut));
});
keepFocus();
watchStylesheets();
startTheme();

async function start(element: HTMLElement): Promise<void> {
  /* The outline of a screen, in the chosen language, stays while the page is reloaded. */
  if (!(await startLocale(loadTexts)) && (await hasToReload())) return;
  createRoot(element).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  /* The worker's files must not compete with those of the first screen. */
  window.addEventListener('load', () => window.setTimeout(() => void keepShell(router), 3_000), {
    once: true,
  });
}

/** Where the chosen language is missing: in an older version of the app, or without a network, which may come back. */
async function hasToReload(): Promise<boolean> {
  if ((await reloadOnce()) === 'reloading') return true;
  tellRefused('language');
  window.addEventListener('online', () => void startLocale(loadTexts), { once: true });
  return false;
}

const element = document.getElementById('root');
if (element) void start(element);
/* For `start-watch.ts`. */
document.documentElement.dataset['started'] = '';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
