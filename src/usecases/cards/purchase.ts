import { purchasesMax } from '#domain/cards/limits.ts';
import { startOfInterval, type Spent } from '#domain/cards/spending.ts';
import { DropError } from '#domain/errors.ts';
import type { Authorization } from '#services/card-issuing/service.ts';
import {
  countAuthorizations,
  findAuthorization,
  insertAuthorization,
  spentSince,
  type KeptAuthorization,
} from '#store/cards/authorizations.ts';
import { findCard } from '#store/cards/cards.ts';
import type { Queries } from '#store/database.ts';
import { lockUser, type User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { assertVerified } from '../kyc/guard.ts';
import { cardOf } from './cards.ts';
import { knownCard } from './change.ts';
import { contradiction, type OpenedCard } from './issue.ts';

/** A purchase that a customer makes up, to see what the card does. Two with one key are one. */
export interface TriedPurchase {
  id: string;
  amount: number;
  merchantName: string;
  idempotencyKey: string;
}

/**
 * Tries a purchase with a test card. One at a time for each customer, so that two do not both fit in a limit. The
 * issuer is asked inside of the transaction: purchases are made up by the mock alone, which calls nothing.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`; `card_unknown`; `cards_too_many`; `idempotency_key_reused`;
 * `cards_off` at an issuer with real cards.
 */
export async function tryPurchase(
  context: UseCaseContext,
  user: User,
  tried: TriedPurchase,
): Promise<KeptAuthorization> {
  assertVerified(user);
  const { testPurchases } = context.services.cardIssuing;
  if (!testPurchases) throw new DropError('cards_off');
  const { issued } = await cardOf(context, user, tried.id);
  return context.store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, user.id);
    const present = await findCard(transaction, { id: tried.id, userId: user.id });
    if (!present) throw new DropError('card_unknown');
    const card = { ...present, issued };
    const earlier = await findAuthorization(transaction, { ...tried, cardId: card.id });
    if (earlier) return samePurchase(earlier, tried);
    if ((await countAuthorizations(transaction, card.id)) >= purchasesMax)
      throw new DropError('cards_too_many');
    const spent = await spentOf(transaction, card, context.clock.now());
    const { amount, merchantName } = tried;
    const method = card.type === 'virtual' ? 'online' : 'contactless';
    const key = `${card.id} ${tried.idempotencyKey}`;
    const purchase = { amount, merchantName, method, spent, idempotencyKey: key } as const;
    const answer = await testPurchases.purchase(knownCard(card), purchase);
    const kept = keptOf(answer, { id: context.entropy.uuid(), card, idempotencyKey: tried.idempotencyKey });
    await insertAuthorization(transaction, kept);
    return kept;
  });
}

async function spentOf(queries: Queries, { spendingLimit, chainId }: OpenedCard, at: Date): Promise<Spent[]> {
  if (!spendingLimit) return [];
  return spentSince(queries, chainId, startOfInterval(spendingLimit.interval, at));
}

function samePurchase(
  earlier: KeptAuthorization,
  { amount, merchantName }: TriedPurchase,
): KeptAuthorization {
  const isSame = earlier.amount === amount && earlier.merchantName === merchantName;
  if (!isSame) throw new DropError('idempotency_key_reused');
  return earlier;
}

function keptOf(
  answer: Authorization,
  { id, card, idempotencyKey }: { id: string; card: OpenedCard; idempotencyKey: string },
): KeptAuthorization {
  const last = answer.requestHistory.at(-1);
  if (answer.cardId !== card.issued.id || !last) throw contradiction('an authorisation of another card');
  const { id: issuerId, approved, status, method, amount, currency, merchantName, transactions } = answer;
  const judged = { approved, reason: last.reason, status, method, amount, currency, merchantName };
  const [transaction] = transactions;
  const own = { id, cardId: card.id, idempotencyKey, issuerId };
  return { ...own, ...judged, transactionId: transaction?.id, at: last.at };
}
