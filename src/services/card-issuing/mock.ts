import { createHash } from 'node:crypto';
import { judgePurchase } from '#domain/cards/authorization.ts';
import { judgeCardMove } from '#domain/cards/card.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Mock } from '#services/definition.ts';
import type {
  Authorization,
  CardChange,
  CardIssuing,
  CardState,
  IssuedCard,
  KnownCard,
  NewCard,
  TestPurchase,
} from './service.ts';

const validYears = 3;

/**
 * Issues test cards in process. It keeps nothing: ids and digits follow from the idempotency keys, and a card goes on
 * from what Drop gives, so a restart or another process changes no card. It makes up no number and no CVC.
 */
export function createCardIssuingMock(clock: Clock): Mock<Required<CardIssuing>> {
  return {
    async createCardholder({ idempotencyKey }) {
      return idOf('ich', idempotencyKey);
    },
    async createCard(card) {
      return issued(card, clock.now());
    },
    async updateCard(card, change) {
      return changed(card, change);
    },
    testPurchases: {
      async purchase(card, purchase) {
        return authorized(card, purchase, clock.now());
      },
    },
    reset: () => undefined,
  };
}

function issued(card: NewCard, at: Date): IssuedCard {
  const { cardholderId, type, currency, status, spendingLimits, replacement, idempotencyKey } = card;
  return {
    id: idOf('ic', idempotencyKey),
    cardholderId,
    type,
    status,
    currency,
    last4: digitsOf(idempotencyKey),
    expMonth: at.getUTCMonth() + 1,
    expYear: at.getUTCFullYear() + validYears,
    spendingLimits,
    replacementFor: replacement?.cardId,
    replacementReason: replacement?.reason,
    cancellationReason: undefined,
  };
}

function changed({ id, ...card }: KnownCard, change: CardChange): CardState {
  const { status = card.status, spendingLimits = card.spendingLimits, cancellationReason } = change;
  if (judgeCardMove(card.status, status) === 'refused' || (card.status === 'canceled' && !change.status))
    throw new DropError('card_canceled', { outcome: 'refused', provider: 'card-issuing' });
  return { id, status, spendingLimits, cancellationReason };
}

function authorized(card: KnownCard, purchase: TestPurchase, at: Date): Authorization {
  const { amount, merchantName, method, spent, idempotencyKey } = purchase;
  const { approved, reason } = judgePurchase(card, { amount, at }, spent);
  const capture = { id: idOf('ipi', idempotencyKey), type: 'capture', amount: -amount } as const;
  return {
    id: idOf('iauth', idempotencyKey),
    cardId: card.id,
    approved,
    status: 'closed',
    method,
    amount,
    currency: card.currency,
    merchantName,
    requestHistory: [{ approved, reason, at }],
    transactions: approved ? [capture] : [],
  };
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function idOf(prefix: string, key: string): string {
  return `${prefix}_test${hashOf(`${prefix} ${key}`).toString('hex').slice(0, 24)}`;
}

/** The last four digits of a test card, which stand for no number. */
function digitsOf(key: string): string {
  return `${hashOf(`last4 ${key}`).readUInt32BE() % 10_000}`.padStart(4, '0');
}
