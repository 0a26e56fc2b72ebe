import { expect, test } from 'vitest';
import { countingStatements } from '../../support/counted-statements.ts';
import { report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

/**
 * Before the bank: the payment of the key, the account, the customer, the balance and its announcement. The intent: the
 * lock, the payment of the key, the payments alike, the customer's limits, the payment, its draft, the payment as it
 * is. Then the claim. The bank's answer: the lock, the reference, the payment, its announcement, its move. Last the
 * payment of the key.
 */
const statements = 19;

test('an order costs the statements that its promise needs', async () => {
  const { bank, send } = await linkedBank();
  bank.provider.pis.initiatePayment = async () => report();
  const { database, asked } = countingStatements(bank.context.store.database);
  bank.context.store = { ...bank.context.store, database };
  await send();
  expect(asked()).toBe(statements);
});
