import { expect, test } from 'vitest';
import { payingCustomer } from './paying-customer.ts';

interface Accounts {
  accounts: { id: string; accountNumber: string }[];
}

const kroner = (amount: number) => ({ amount: amount * 100, currency: 'NOK' });

test('a transfer to an own account follows the limits and the repeat warning of every payment', async () => {
  const { ask } = await payingCustomer();
  const { accounts } = (await ask('GET', '/api/accounts')).body as unknown as Accounts;
  const [from, to] = accounts;
  const transfer = (amount: number, accountNumber = to?.accountNumber) =>
    ask('POST', '/api/payments', {
      accountId: from?.id,
      amount: kroner(amount),
      creditor: { name: 'Kari Testnes', accountNumber },
    });
  await ask('PUT', '/api/settings', { dayLimit: kroner(500), paymentLimit: kroner(400) });
  expect((await transfer(401)).body).toMatchObject({ code: 'payment_above_own_limit' });
  expect(await transfer(300)).toMatchObject({ status: 201 });
  expect((await transfer(300)).body).toMatchObject({ code: 'payment_repeated' });
  expect((await transfer(201)).body).toMatchObject({ code: 'payment_above_day_limit' });
  expect(await transfer(200)).toMatchObject({ status: 201 });
  const same = await transfer(100, from?.accountNumber);
  expect(same.body).toMatchObject({ code: 'payment_creditor_account_invalid' });
});
