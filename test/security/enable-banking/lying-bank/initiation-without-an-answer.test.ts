import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { initiationAs, LyingBank, type Lie } from './world.ts';

const hourMs = 3_600_000;

/** An initiation that the bank took and whose answer Drop never saw. */
async function unanswered(bank: LyingBank): Promise<{ id: string }> {
  bank.lie(initiationAs(null));
  const payment = await bank.pay();
  bank.lie(() => undefined);
  expect(await bank.told(payment)).toEqual({ status: 'unknown', moneyMoved: 'not_yet_known' });
  return payment;
}

async function approveAtTheBank(bank: LyingBank): Promise<void> {
  const { payments } = bank.stack.emulator.state() as { payments: { id: string }[] };
  await bank.stack.visit(`${bank.stack.origin}/pis/start?payment_id=${payments.at(-1)?.id ?? ''}`, 'approve');
  await bank.stack.pass(5_000);
}

test.each([301, 302, 303, 307, 308, 408, 409, 500, 502, 503, 504])(
  'after an initiation answered %i it is unknown whether the bank has it, and it is never sent again',
  async (status) => {
    const bank = await LyingBank.start();
    bank.lie(initiationAs({ status, headers: { location: 'https://bank.example/' }, json: undefined }));
    const key = randomUUID();
    const payment = await bank.pay({}, key);
    expect(payment).toMatchObject({ status: 'unknown', reference: undefined, redirectUrl: undefined });
    bank.lie(() => undefined);
    expect((await bank.pay({}, key)).id).toBe(payment.id);
    expect(bank.paymentsAtTheBank()).toBe(1);
    expect(await bank.told(payment)).toEqual({ status: 'unknown', moneyMoved: 'not_yet_known' });
  },
);

const startedAs =
  (change: object): Lie =>
  ({ method, path }, { json }) =>
    method === 'POST' && path === '/payments' ? { json: { ...(json as object), ...change } } : undefined;

test('an answer without an id leaves it unknown', async () => {
  const bank = await LyingBank.start();
  bank.lie(startedAs({ payment_id: undefined }));
  expect(await bank.pay()).toMatchObject({ status: 'unknown', reference: undefined });
});

test.each([{ url: undefined }, { url: 'javascript:alert(1)' }, { status: null, url: 7 }])(
  'an answer %j has an id, by which the payment is read at once',
  async (change) => {
    const bank = await LyingBank.start();
    bank.lie(startedAs(change));
    const payment = await bank.pay();
    expect(payment).toMatchObject({ status: 'awaiting_authorisation', redirectUrl: undefined });
    expect(payment.reference).toBeDefined();
  },
);

test('the id of another payment is not taken for that of this one, and the operators are told', async () => {
  const bank = await LyingBank.start();
  const first = await bank.pay();
  bank.lie(startedAs({ payment_id: first.reference }));
  const second = await bank.pay();
  expect(second.reference).toBeUndefined();
  expect(await bank.told(second)).toMatchObject({ moneyMoved: 'not_yet_known' });
  expect((await bank.alerts()).map(({ message }) => message)).toEqual([
    expect.stringContaining('another reference'),
  ]);
  await bank.ask(48 * hourMs);
  expect(await bank.told(second), 'what is contradicted does not expire').toEqual({
    status: 'unknown',
    moneyMoved: 'not_yet_known',
  });
});

test('a webhook finds a payment whose answer was lost by its end-to-end identification', async () => {
  const bank = await LyingBank.start();
  const payment = await unanswered(bank);
  await approveAtTheBank(bank);
  expect(new Set(await bank.handleWebhooks())).toEqual(new Set(['handled']));
  expect(await bank.told(payment)).toEqual({ status: 'settled', moneyMoved: 'yes' });
  expect(await bank.alerts()).toEqual([]);
});

test('a payment whose answer was lost is still found hours later, and stays unknown until then', async () => {
  const bank = await LyingBank.start();
  const payment = await unanswered(bank);
  for (let hour = 0; hour < 23; hour += 1) await bank.ask(hourMs);
  expect(await bank.told(payment)).toEqual({ status: 'unknown', moneyMoved: 'not_yet_known' });
  // The bank of the sandbox lets a payment run out; another may not.
  expect(new Set(await bank.handleWebhooks())).toEqual(new Set(['handled']));
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
});

test('a payment that nothing matches expires when its quarantine is over, and not before', async () => {
  const bank = await LyingBank.start();
  const payment = await unanswered(bank);
  await bank.ask(24 * hourMs - 60_000);
  expect((await bank.told(payment)).status).toBe('unknown');
  await bank.ask(3 * hourMs);
  expect(await bank.told(payment)).toEqual({ status: 'expired', moneyMoved: 'no' });
  expect((await bank.find(payment))?.reason).toBe('authorisation_expired');
});

test('a bank that carries out an expired payment raises an alert, and "no" becomes "not known"', async () => {
  const bank = await LyingBank.start();
  const payment = await unanswered(bank);
  await approveAtTheBank(bank);
  await bank.ask(30 * hourMs);
  expect((await bank.told(payment)).status).toBe('expired');
  await bank.handleWebhooks();
  expect(await bank.told(payment)).toEqual({ status: 'expired', moneyMoved: 'not_yet_known' });
  expect((await bank.alerts()).map(({ title }) => title)).toEqual([
    'A final payment is contradicted by its bank',
  ]);
});

test('a second payment under the end-to-end identification of a first is not taken for it', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  const second = randomUUID();
  const json = {
    payment_id: second,
    status: 'ACSC',
    final_status: true,
    payment_details: {
      credit_transfer_transaction: [
        {
          instructed_amount: { currency: 'NOK', amount: '250.00' },
          beneficiary: { creditor_account: { identification: '15032080178', scheme_name: 'BBAN' } },
          payment_id: { end_to_end_id: endToEndIdOf(payment.id) },
          reference_number: '2345676',
        },
      ],
    },
  };
  bank.lie(({ path }) => (path === `/payments/${second}` ? { status: 200, json } : undefined));
  bank.stack.hints.push({ provider: 'enable-banking', reference: second });
  await bank.handleWebhooks();
  expect(await bank.told(payment)).toEqual({
    status: 'awaiting_authorisation',
    moneyMoved: 'not_yet_known',
  });
  expect((await bank.alerts()).map(({ message }) => message)).toEqual([
    expect.stringContaining('second_payment'),
  ]);
  // That the first goes its way says nothing of the second: a person has to look.
  bank.lie(() => undefined);
  await bank.stack.visit(bank.linkOf(payment), 'reject');
  await bank.settle();
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'not_yet_known' });
});

test('a webhook of a payment that is none of Drop’s is refused, and moves nothing', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  bank.stack.hints.push({ provider: 'enable-banking', reference: randomUUID() });
  expect(await bank.handleWebhooks()).toEqual([expect.stringMatching('DropError')]);
  expect((await bank.told(payment)).status).toBe('awaiting_authorisation');
});

test('a payment that begins with a "no" is read before the customer is told', async () => {
  const bank = await LyingBank.start();
  bank.lie(({ method, path }, { json }) =>
    path.startsWith('/payments')
      ? { json: { ...(json as object), status: 'RJCT', ...(method === 'GET' && { final_status: true }) } }
      : undefined,
  );
  expect(await bank.pay()).toMatchObject({ status: 'rejected', redirectUrl: undefined });
});

test('a payment that begins with a "no" that is not final stays unknown, with its reference', async () => {
  const bank = await LyingBank.start();
  bank.lie(({ path }, { json }) =>
    path.startsWith('/payments')
      ? { json: { ...(json as object), status: 'RJCT', final_status: false } }
      : undefined,
  );
  const payment = await bank.pay();
  expect(payment).toMatchObject({ status: 'unknown', reference: expect.any(String) as string });
  bank.lie(() => undefined);
  await bank.ask();
  expect((await bank.told(payment)).status).toBe('awaiting_authorisation');
});
