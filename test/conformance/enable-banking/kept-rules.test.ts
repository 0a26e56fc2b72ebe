import { expect, test } from 'vitest';
import { BankContext } from './bank-context.ts';

test.each([
  ['Sbanken (DNB)', { takesKid: false, textLengthMax: 108, needsDebtorAccount: true }],
  ['SpareBank 1', { takesKid: true, textLengthMax: 140, needsDebtorAccount: false }],
])('an account at %s carries what the bank takes in a payment', async (bankId, rules) => {
  const bank = await BankContext.start();
  await bank.link(bankId);
  const [account] = await bank.accounts();
  expect(account).toMatchObject({ paymentRules: rules, balanceKind: 'available' });
});
