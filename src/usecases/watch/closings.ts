import { closingsWaiting } from '#store/privacy/closures.ts';
import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** A provider that was away for hours has answered by then. */
const waitingMsMax = 86_400_000;

/** Alerts for each step of erasures that has held up the closing of an account for more than a day. */
export async function watchClosings(context: ConditionContext): Promise<void> {
  const { store, clock } = context;
  const nowMs = clock.now().getTime();
  const waiting = await closingsWaiting(store.database, new Date(nowMs - waitingMsMax));
  const found = waiting.map(({ step, closings, ids, oldestAt }) => {
    const oldestMinutes = Math.round((nowMs - oldestAt.getTime()) / 60_000);
    return { subject: step, parameters: { step, closings, ids, oldestMinutes } };
  });
  await holdConditions(context, 'closing_stalled', { found });
}
