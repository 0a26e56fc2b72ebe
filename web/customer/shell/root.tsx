import { SkipLink } from '@digdir/designsystemet-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useRouteContext } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { endLoading, isScreenServed } from '#kit/parts/end-loading.ts';
import { subscribeToChanges } from '../api/live.ts';
import { meQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { Announcer } from './announcer.tsx';
import { keepChosenLocale } from './chosen-locale.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { IdleWatch } from './idle-watch.tsx';
import { LateAnswerNotice } from './late-answer.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { ServedProblem } from './problem-screen.tsx';
import { SessionLimitWatch } from './session-limit-watch.tsx';

/** The path at which this page was opened. A problem embedded in the page is shown at that path only. */
const openedAt = window.location.pathname;

export function Root() {
  const { servedProblem } = useRouteContext({ from: '__root__' });
  const path = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Frame>
      {servedProblem && path === openedAt ? <ServedProblem problem={servedProblem} /> : <Outlet />}
    </Frame>
  );
}

/** The header, footer and announcer around every screen. */
function Frame({ children }: { children: ReactNode }) {
  const { shell } = useTexts();
  const { data: me = null } = useQuery(meQuery);
  useLiveChanges(me !== null);
  useKeptLocale(me !== null);
  useLayoutEffect(() => {
    if (!isScreenServed()) endLoading();
  }, []);
  return (
    <div className="frame" data-signed-in={me !== null}>
      <SkipLink href="#content">{shell.skipToContent}</SkipLink>
      <OfflineNotice />
      <Header me={me} />
      <LateAnswerNotice />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer />
      <Announcer />
      {me && <IdleWatch />}
      {me && <SessionLimitWatch />}
    </div>
  );
}

function useLiveChanges(signedIn: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => (signedIn ? subscribeToChanges(queryClient) : undefined), [signedIn, queryClient]);
}

function useKeptLocale(signedIn: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!signedIn) return undefined;
    /* The settings may have been read before the server was told. */
    const keep = async () => {
      if (await keepChosenLocale()) await queryClient.invalidateQueries({ queryKey: ['settings'] });
    };
    const keepNow = () => void keep();
    keepNow();
    window.addEventListener('online', keepNow);
    return () => window.removeEventListener('online', keepNow);
  }, [signedIn, queryClient]);
}
