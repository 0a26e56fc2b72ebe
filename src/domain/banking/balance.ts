/**
 * What a balance says. `available`: what the customer may spend, without credit. `booked`: what has been booked, which
 * does not know of reservations. `other`: neither is certain.
 */
export const balanceKinds = ['available', 'booked', 'other'] as const;
export type BalanceKind = (typeof balanceKinds)[number];
