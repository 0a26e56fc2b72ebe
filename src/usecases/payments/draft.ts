import { DropError, isDropError } from '#domain/errors.ts';
import type { SealedPlace } from '#domain/sealer.ts';
import { deleteDraft, findDraft, saveDraft } from '#store/payment-drafts.ts';
import type { LiveSession } from '#store/sessions.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

/** How long a draft is kept after it was last saved. */
export const draftKeptMs = 86_400_000;

function placeOf({ id }: Pick<User, 'id'>): SealedPlace {
  return { table: 'payment_drafts', column: 'sealed', row: id };
}

/**
 * Keeps the payment that a customer is filling in, as JSON, so that it survives a reload, another tab and an expired
 * session. A customer has one draft. It ends with the payment, with a sign-out, and a day after it was last saved.
 *
 * @throws {DropError} `not_signed_in` where the session has ended meanwhile.
 */
export async function keepDraft(
  { store, sealer, clock }: UseCaseContext,
  { id, user }: Pick<LiveSession, 'id' | 'user'>,
  text: string,
): Promise<void> {
  const draft = { stored: sealer.seal(text, placeOf(user)), savedAt: clock.now() };
  const isKept = await saveDraft(store.database, { id, userId: user.id }, draft);
  if (!isKept) throw new DropError('not_signed_in');
}

/** The customer's draft as it was kept; undefined without one, and where it does not open. */
export async function draftOf(context: UseCaseContext, user: User): Promise<string | undefined> {
  const since = new Date(context.clock.now().getTime() - draftKeptMs);
  const draft = await findDraft(context.store.database, user.id, since);
  if (!draft) return undefined;
  try {
    return context.sealer.open(draft.stored, placeOf(user));
  } catch (error) {
    if (!isDropError(error)) throw error;
    context.log('error', 'a draft does not open', { error });
    return undefined;
  }
}

export async function discardDraft({ store }: UseCaseContext, { id }: Pick<User, 'id'>): Promise<void> {
  await deleteDraft(store.database, id);
}

/**
 * Discards the draft with what ends the customer's session. Before it, so that a process that dies leaves no draft
 * behind a session that has ended; after it, since a request that was under way may have kept one meanwhile.
 */
export async function discardWith(
  context: UseCaseContext,
  user: Pick<User, 'id'>,
  end: () => Promise<void>,
): Promise<void> {
  await discardDraft(context, user);
  await end();
  await discardDraft(context, user);
}
