import type { Money } from '#domain/money.ts';

/** The amount of the receipt in the front page's picture. */
export const exampleMoney: Money = { amount: 124_900, currency: 'NOK' };
