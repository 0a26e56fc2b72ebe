import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { savedCreditorsMax } from '#domain/payment/creditor.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Creditors, SavedCreditor } from '#http/contract/creditors.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { payingCustomer } from './paying-customer.ts';

const path = '/api/creditors';
const strom = { name: 'Strøm AS', accountNumber: '15032080178' };
const kari = { name: 'Kari Hansen', accountNumber: '12345678903' };
const mother = { label: 'Mamma', ...kari };
const amount = { amount: 25_000, currency: 'NOK' };

async function stand() {
  const customer = await payingCustomer();
  const { ask, context, accountId } = customer;
  const { database } = context.store;
  return {
    ...customer,
    read: async () => (await ask('GET', path)).body as unknown as Creditors,
    save: async (creditor: object) => (await ask('POST', path, creditor)).body as unknown as SavedCreditor,
    /** Pays, and gives the payment a status. */
    async paid(creditor: object, status: PaymentStatus = 'settled', change: { kid?: string } = {}) {
      const order = { accountId, amount, creditor, acceptsRepeat: true, ...change };
      const { body } = await ask('POST', '/api/payments', order);
      const id = String(body['id']);
      await database.updateTable('transactions').set({ status }).where('id', '=', id).execute();
      context.clock.advance(1_000);
      return id;
    },
  };
}

test('a recipient is saved under a name of the customer’s own, and is there until it is removed', async () => {
  const { ask, read, save } = await stand();
  expect(await read()).toEqual({ saved: [], recent: [] });
  const { id } = await save({ ...mother, accountNumber: ' 1234.56.78903 ' });
  expect(await read()).toEqual({ saved: [{ id, ...mother }], recent: [] });
  const renamed = await ask('PUT', `${path}/${id}`, { label: ' Mor ' });
  expect(renamed).toMatchObject({ status: 200, body: { ...mother, id, label: 'Mor' } });
  expect((await read()).saved).toEqual([{ ...mother, id, label: 'Mor' }]);
  expect((await ask('DELETE', `${path}/${id}`)).status).toBe(204);
  expect((await read()).saved).toEqual([]);
});

test('an account number is saved once: saving it again gives the recipient its new names', async () => {
  const { read, save } = await stand();
  const { id } = await save(mother);
  const again = await save({ ...mother, label: 'Mor', name: 'Kari Berg' });
  expect(again.id).toBe(id);
  expect((await read()).saved).toEqual([{ ...mother, id, label: 'Mor', name: 'Kari Berg' }]);
});

test('the saved ones are in the order of the Norwegian alphabet', async () => {
  const { read, save } = await stand();
  const numbers = ['12345678903', '15032080178', '15032080119', '95362080119'];
  for (const [index, label] of ['Åse', 'ærlig', 'Zara', 'anne'].entries())
    await save({ ...mother, label, accountNumber: numbers[index] });
  expect((await read()).saved.map(({ label }) => label)).toEqual(['anne', 'Zara', 'ærlig', 'Åse']);
});

test('a recipient without a name, with one that banks do not carry, or with a KID is refused', async () => {
  const { ask, read } = await stand();
  const refused: [object, number, string][] = [
    [{ label: ' ' }, 400, 'label'],
    [{ label: 'a'.repeat(71) }, 400, 'label'],
    [{ name: 'Łukasz' }, 400, 'name'],
    [{ accountNumber: '12345678901' }, 422, 'accountNumber'],
    [{ kid: '2345676' }, 400, 'kid'],
  ];
  for (const [change, status, field] of refused) {
    const answer = await ask('POST', path, { ...mother, ...change });
    expect([answer.status, answer.body.fields?.map((fault) => fault.field)]).toEqual([status, [field]]);
  }
  expect((await read()).saved).toEqual([]);
});

test('no more recipients are saved than the limit, and one of them can still change', async () => {
  const { ask, context, save } = await stand();
  const { id } = await save(mother);
  const { user_id } = await context.store.database
    .selectFrom('saved_creditors')
    .select('user_id')
    .executeTakeFirstOrThrow();
  const others = Array.from({ length: savedCreditorsMax - 1 }, (_, index) => ({
    id: randomUUID(),
    user_id,
    label: 'x',
    name: 'x',
    saved_at: context.clock.now(),
    account_number: `${index}`,
  }));
  await context.store.database.insertInto('saved_creditors').values(others).execute();
  const refused = await ask('POST', path, { ...strom, label: 'Strøm' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'creditors_too_many' } });
  expect(await save({ ...mother, label: 'Mor' })).toMatchObject({ id, label: 'Mor' });
});

test('a recipient is another customer’s in no way', async () => {
  const { context, read, save } = await stand();
  const { id } = await save(mother);
  const { headers } = await signedIn(context);
  const asked = (method: string, address: string, body?: object) =>
    testApp(context).request(address, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  expect(await (await asked('GET', path)).json()).toEqual({ saved: [], recent: [] });
  expect((await asked('PUT', `${path}/${id}`, { label: 'Min' })).status).toBe(404);
  expect((await asked('DELETE', `${path}/${id}`)).status).toBe(404);
  expect((await read()).saved).toEqual([{ ...mother, id }]);
});

test('a recipient that was removed is not found', async () => {
  const { ask, save } = await stand();
  const { id } = await save(mother);
  await ask('DELETE', `${path}/${id}`);
  for (const [method, body] of [['DELETE'], ['PUT', { label: 'Mor' }]] as const)
    expect(await ask(method, `${path}/${id}`, body)).toMatchObject({
      status: 404,
      body: { code: 'creditor_unknown' },
    });
});

test('without a session there are no recipients', async () => {
  const app = testApp(await testContext());
  const headers = { 'content-type': 'application/json' };
  const statuses = [
    await app.request(path),
    await app.request(path, { method: 'POST', headers, body: JSON.stringify(mother) }),
    await app.request(`${path}/${randomUUID()}`, { method: 'DELETE', headers }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([401, 401, 401]);
});

test('the recipients of approved payments are suggested, the newest first, each account once', async () => {
  const { paid, read } = await stand();
  await paid({ ...strom, name: 'Gammelt navn' }, 'settled', { kid: '2345676' });
  await paid(kari, 'scheduled');
  await paid(strom, 'processing');
  expect((await read()).recent).toEqual([strom, kari]);
});

test('the recipients of payments that were not approved, or are contradicted, are not suggested', async () => {
  const { context, paid, read } = await stand();
  const id = await paid(strom);
  const statuses = [
    'unknown',
    'awaiting_authorisation',
    'rejected',
    'cancelled',
    'expired',
    'failed',
  ] as const;
  const payments = context.store.database.updateTable('transactions').where('id', '=', id);
  expect((await read()).recent).toEqual([strom]);
  for (const status of statuses) {
    await payments.set({ status }).execute();
    expect((await read()).recent, status).toEqual([]);
  }
  const contradicted = { contradicted_at: context.clock.now(), contradiction: ['creditorAccountNumber'] };
  await payments.set({ status: 'settled', ...contradicted }).execute();
  expect((await read()).recent).toEqual([]);
});

test('a saved recipient and an account of the customer’s own are not suggested a second time', async () => {
  const { ask, paid, read, save } = await stand();
  const { accounts } = (await ask('GET', '/api/accounts')).body as unknown as {
    accounts: { accountNumber: string }[];
  };
  await paid({ name: 'Kari Testnes', accountNumber: accounts[1]?.accountNumber });
  await paid(strom);
  expect((await read()).recent).toEqual([strom]);
  await save({ ...strom, label: 'Strøm' });
  expect((await read()).recent).toEqual([]);
});

test('saved recipients are erased with the customer', async () => {
  const { context, save } = await stand();
  const { database } = context.store;
  await save(mother);
  await database.deleteFrom('bank_connections').execute();
  await database.deleteFrom('users').execute();
  expect(await database.selectFrom('saved_creditors').selectAll().execute()).toEqual([]);
});

test('the log holds nothing of a recipient, saved or refused', async () => {
  const { ask, context, save } = await stand();
  await save(mother);
  await ask('POST', path, { ...mother, accountNumber: '12345678901' });
  expect(JSON.stringify(context.logged)).not.toMatch(/Mamma|Hansen|1234567890/);
});
