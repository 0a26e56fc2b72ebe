/** Types, statuses and reasons are Stripe Issuing's own words (docs.stripe.com/api/issuing/cards/object). */
export const cardTypes = ['virtual', 'physical'] as const;
export type CardType = (typeof cardTypes)[number];

/** `inactive` is frozen, or not activated yet. `canceled` is for good. */
export const cardStatuses = ['inactive', 'active', 'canceled'] as const;
export type CardStatus = (typeof cardStatuses)[number];

/** Why a card was canceled; a card that its holder no longer wants has no reason. */
export const cancellationReasons = ['lost', 'stolen'] as const;
export type CancellationReason = (typeof cancellationReasons)[number];

/** Why a card replaces another one. */
export const replacementReasons = ['damaged', 'expired', 'lost', 'stolen'] as const;
export type ReplacementReason = (typeof replacementReasons)[number];

/** The moves of a card's status; a status may also stay as it is, except that nothing changes a canceled card. */
const moves: Readonly<Record<CardStatus, readonly CardStatus[]>> = {
  inactive: ['active', 'canceled'],
  active: ['inactive', 'canceled'],
  canceled: [],
};

/** `same`: there is nothing to do. `refused`: the card is canceled for good. */
export type CardMove = 'moved' | 'same' | 'refused';

/** Judges a move of a card's status. */
export function judgeCardMove(from: CardStatus, to: CardStatus): CardMove {
  if (from === to) return 'same';
  return moves[from].includes(to) ? 'moved' : 'refused';
}

/** The status of a new card: a physical one is activated by its holder once it has arrived. */
export const firstStatus: Readonly<Record<CardType, Exclude<CardStatus, 'canceled'>>> = {
  virtual: 'active',
  physical: 'inactive',
};

/** The reason with which the replaced card is canceled: only a card in other hands is lost or stolen. */
export const reasonOfReplaced: Readonly<Record<ReplacementReason, CancellationReason | undefined>> = {
  damaged: undefined,
  expired: undefined,
  lost: 'lost',
  stolen: 'stolen',
};

/** Whether a card's last month is over (UTC). Years have four digits, months are 1 to 12. */
export function isExpired({ expYear, expMonth }: { expYear: number; expMonth: number }, at: Date): boolean {
  return at.getTime() >= Date.UTC(expYear, expMonth, 1);
}
