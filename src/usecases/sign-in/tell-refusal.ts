import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';

const hourMs = 3_600_000;

/**
 * Tells customers that a sign-in with their BankID was refused, at most once in each hour. Never rejects: the sign-in
 * is refused whether or not they can be told.
 */
export async function tellRefusal(context: UseCaseContext, userIds: readonly string[]): Promise<void> {
  const occasion = `${Math.floor(context.clock.now().getTime() / hourMs)}`;
  await context.store.database
    .transaction()
    .execute(async (transaction) => {
      for (const userId of new Set(userIds))
        await notify(context, transaction, { userId, code: 'sign_in_refused', parameters: {}, occasion });
    })
    .catch((error: unknown) => {
      context.log('error', 'customers could not be told of a refused sign-in', { error });
    });
}
