import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { useNow } from '#kit/locale/now.ts';
import { meQuery, sessionQuery } from '../api/queries.ts';
import { lazyPart } from './lazy-part.ts';
import { sessionLimit } from './session-limit.ts';

const SessionLimitDialog = lazyPart(() => import('./session-limit-dialog.tsx'), 'SessionLimitDialog');

/** Tells a customer, once, that the session ends whatever they do, and has it looked at when it has ended. */
export function SessionLimitWatch() {
  const queryClient = useQueryClient();
  const { data: me, dataUpdatedAt: answeredAt } = useQuery(meQuery);
  const [isSeen, setSeen] = useState(false);
  const limit = sessionLimit(me?.sessionEndsInSeconds, { answeredAt, now: useNow() });
  useEffect(() => {
    if (limit.kind === 'over') void queryClient.prefetchQuery(sessionQuery);
  }, [limit.kind, queryClient]);
  if (limit.kind !== 'told' || isSeen) return null;
  return (
    <Suspense>
      <SessionLimitDialog endsAt={limit.endsAt} onSeen={() => setSeen(true)} />
    </Suspense>
  );
}
