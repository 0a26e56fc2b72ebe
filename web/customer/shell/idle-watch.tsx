import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { signOutIdle } from '../api/actions.ts';
import { noteSessionEnd } from '../api/session-end.ts';
import { announceSignOut, endSession } from './session-end.ts';
import { lazyPart } from './lazy-part.ts';
import { beginAnew, idleState, noteAct, type IdleState } from './idle-clock.ts';

const checkMs = 5_000;
const acts = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
const listening = { capture: true, passive: true };

const IdleDialog = lazyPart(() => import('./idle-dialog.tsx'), 'IdleDialog');

/**
 * Asks a customer who has been inactive whether to stay signed in, and ends the session without an answer. The stream
 * of changes alone would keep the session of a page that lies open.
 */
export function IdleWatch() {
  const [state, setState] = useState<IdleState>({ kind: 'active' });
  const end = useIdleEnd();
  useEffect(() => {
    beginAnew();
    const check = () => setState((before) => same(before, idleState()));
    const timer = window.setInterval(check, checkMs);
    document.addEventListener('visibilitychange', check);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
    };
  }, []);
  useEffect(() => {
    if (state.kind !== 'active') return undefined;
    const note = () => noteAct();
    for (const act of acts) window.addEventListener(act, note, listening);
    return () => acts.forEach((act) => window.removeEventListener(act, note, listening));
  }, [state.kind]);
  useEffect(() => {
    if (state.kind === 'ended') void end();
  }, [state.kind, end]);
  if (state.kind !== 'asked') return null;
  const stay = () => {
    beginAnew();
    setState({ kind: 'active' });
  };
  return (
    <Suspense>
      <IdleDialog endsAt={state.endsAt} onStay={stay} />
    </Suspense>
  );
}

/** The same object for the same state, so that nothing is rendered anew at each check. */
function same(before: IdleState, now: IdleState): IdleState {
  const isSame =
    before.kind === now.kind &&
    (before.kind !== 'asked' || now.kind !== 'asked' || before.endsAt === now.endsAt);
  return isSame ? before : now;
}

/** Hides the customer's screens first: without a network the server ends the session by itself. */
function useIdleEnd(): () => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  const [end] = useState(() => async () => {
    const told = signOutIdle().catch(() => undefined);
    noteSessionEnd(queryClient);
    await endSession(queryClient, () => router.invalidate());
    await told;
    announceSignOut();
  });
  return end;
}
