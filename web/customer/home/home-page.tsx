import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { Waiting } from '../shell/waiting.tsx';
import { FrontPage } from './front-page.tsx';
import { Overview } from './overview.tsx';

/** The front page for visitors, the overview for customers. */
export function HomePage() {
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return <Waiting />;
  return me ? <Overview me={me} /> : <FrontPage />;
}
