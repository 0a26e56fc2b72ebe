import { useQuery, type QueryClient } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { lazyScreen } from '../shell/lazy-screen.tsx';
import { Waiting } from '../shell/waiting.tsx';

/* The server has the browser fetch one of them with the app: `src/http/first-screen.ts`. */
const FrontPage = lazyScreen(() => import('./front-page.tsx'), 'FrontPage');
const Overview = lazyScreen(() => import('./overview.tsx'), 'Overview');

/** The front page for visitors, the overview for customers. */
export function HomePage() {
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return <Waiting />;
  return me ? <Overview me={me} /> : <FrontPage />;
}

/** Fetches the screen that `HomePage` is going to show. */
export async function loadHome(queryClient: QueryClient): Promise<void> {
  const me = await queryClient.ensureQueryData(meQuery);
  await (me ? Overview : FrontPage).preload();
}
