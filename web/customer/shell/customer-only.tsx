import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { Waiting } from './waiting.tsx';

/** The frame of the customer's screens. When the session ends, they are hidden before the sign-in screen is loaded. */
export function CustomerOnly() {
  const { data: me } = useQuery(meQuery);
  return me === null ? <Waiting /> : <Outlet />;
}
