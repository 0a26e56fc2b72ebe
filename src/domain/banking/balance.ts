/**
 * The meaning of a balance. `available`: the money that the customer may spend, without credit. `booked`: the sum of
 * booked entries, without reservations. `other`: neither is certain.
 */
export const balanceKinds = ['available', 'booked', 'other'] as const;
export type BalanceKind = (typeof balanceKinds)[number];
