import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealer, type Sealer } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findPayment } from '#store/payments.ts';
import { replaceText, sealedColumns } from '#store/sealed-columns.ts';
import type { SecretOwner } from '#store/provider-secrets.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { searchActs } from '#usecases/operate/acts.ts';
import { alertMissingKeys, rekeyTexts } from '#usecases/operate/encryption-keys.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { pay } from '#usecases/payments/pay.ts';
import type { User } from '#store/users.ts';
import { raisedAlerts } from '../support/alerts.ts';
import { customer, testContext, type TestContext } from '../support/context.ts';
import { drop } from './program.ts';
import { returnOf } from '../support/bank-return.ts';

const keys = {
  '2025': Buffer.alloc(32, 'old').toString('base64'),
  '2026': Buffer.alloc(32, 'new').toString('base64'),
};
const sealerOf = (current: keyof typeof keys, ...former: (keyof typeof keys)[]): Sealer => {
  const keyOf = (id: keyof typeof keys) => ({ id, key: new Secret(keys[id]) });
  return createSealer({
    current: keyOf(current),
    formerKeys: former.map(keyOf),
    newNonce: () => randomBytes(12),
  });
};

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
const kept = { refreshToken: 'refresh-token-1' };

interface Stand {
  context: TestContext;
  consents: SecretOwner[];
  payments: { id: string; link: string | undefined }[];
}

/** Two consents with secrets, and two payments with links, the second of them in plain; all from the time of 2025. */
async function stand(): Promise<Stand> {
  const context = { ...(await testContext()), sealer: sealerOf('2025') };
  const user = await customer(context);
  const consents: SecretOwner[] = [];
  while (consents.length < 2) {
    const { id, next } = await startConnection(context, user, {
      bankId: context.bankId,
      access,
      locale: 'nb',
    });
    await returnFromBank(context, user, { parameters: returnOf(next), access });
    consents.push({ kind: 'consent', id });
    await secretStateOf(context, { kind: 'consent', id }).change(async () => kept);
  }
  const payments = [await payment(context, user), await payment(context, user)];
  const [, plain] = payments;
  await context.store.database
    .updateTable('transactions')
    .set({ redirect_url: plain?.link ?? null })
    .where('id', '=', plain?.id ?? '')
    .execute();
  return { context, consents, payments };
}

async function payment(context: TestContext, user: User): Promise<{ id: string; link: string | undefined }> {
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  const paid = await pay(context, user, {
    form: {
      accountId: account?.id ?? '',
      amount: { amount: 25_000, currency: 'NOK' },
      creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
      kid: '2345676',
      text: undefined,
    },
    circumstances: { idempotencyKey: randomUUID(), access, locale: 'nb', acceptsRepeat: true },
  });
  return { id: paid.id, link: approvalLink(context, paid) };
}

/** A Drop that encrypts under 2026 and knows 2025 as former. */
function rotated({ context }: Stand): Record<string, string> {
  return {
    NEXT_PUBLIC_SERVICE_MODE: 'mock',
    DROP_ENVIRONMENT: 'sandbox',
    DATABASE_URL: context.store.url,
    DATA_ENCRYPTION_KEY: keys['2026'],
    DATA_ENCRYPTION_KEY_ID: '2026',
    DATA_ENCRYPTION_FORMER_KEYS: `2025:${keys['2025']}`,
  };
}

const secrets = 'provider_secrets.sealed';
const links = 'transactions.redirect_url';

const actsOf = async (world: Awaited<ReturnType<typeof stand>>) =>
  (await searchActs(world.context, {}, 10)).entries;

test('what is under a former key or plain moves to the current key, and a second run finds nothing', async () => {
  const before = await stand();
  const environment = rotated(before);
  const status = await drop(['secrets', 'status', '--json'], environment);
  expect(JSON.parse(status.output)).toEqual({
    keys: [
      { keyId: '2025', where: secrets, texts: 2, key: 'former' },
      { keyId: '2025', where: links, texts: 1, key: 'former' },
      { keyId: null, where: links, texts: 1, key: 'none' },
    ],
  });
  const first = await drop(['secrets', 'rekey', '--json', '--as', 'ida'], environment);
  expect(JSON.parse(first.output)).toEqual({ moved: 4, damaged: 0, remaining: [] });
  const second = await drop(['secrets', 'rekey'], environment);
  expect([second.code, second.output]).toEqual([
    0,
    '0 texts encrypted under the current key\nnothing is left under another key\n',
  ]);
  expect(await actsOf(before)).toMatchObject([
    { act: 'rekeyed secrets', about: '0 texts' },
    { operator: 'ida', act: 'rekeyed secrets', about: '4 texts' },
  ]);
  const after = { ...before.context, sealer: sealerOf('2026') };
  for (const consent of before.consents) expect(await secretStateOf(after, consent).read()).toEqual(kept);
  for (const { id, link } of before.payments) {
    const found = await findPayment(after.store.database, { id });
    expect(found && approvalLink(after, found)).toBe(link);
  }
  for (const { output, errors } of [status, first, second])
    expect(output + errors).not.toMatch(/refresh-token|state=|v1\./);
});

test('what is under a key that is not configured stays, and is told', async () => {
  const before = await stand();
  const environment = { ...rotated(before), DATA_ENCRYPTION_FORMER_KEYS: '' };
  const { output } = await drop(['secrets', 'rekey', '--json'], environment);
  expect(JSON.parse(output)).toEqual({
    moved: 1,
    damaged: 0,
    remaining: [
      { keyId: '2025', where: secrets, texts: 2, key: 'unknown' },
      { keyId: '2025', where: links, texts: 1, key: 'unknown' },
    ],
  });
  const status = await drop(['secrets', 'status'], environment);
  expect(status.output).toMatch(/^KEY +TEXTS +WHERE +STATE\n[^]*2025 +2 +\S+ +not configured/);
});

test('a text that belongs to another row stays where it is, and is counted as damaged', async () => {
  const before = await stand();
  const [own, other] = before.consents;
  const { database } = before.context.store;
  const { sealed } = await database
    .selectFrom('provider_secrets')
    .select('sealed')
    .where('owner_id', '=', own?.id ?? '')
    .executeTakeFirstOrThrow();
  await database
    .updateTable('provider_secrets')
    .set({ sealed })
    .where('owner_id', '=', other?.id ?? '')
    .execute();
  const { output, errors } = await drop(['secrets', 'rekey', '--json'], rotated(before));
  expect(JSON.parse(output)).toEqual({
    moved: 3,
    damaged: 1,
    remaining: [{ keyId: '2025', where: secrets, texts: 1, key: 'former' }],
  });
  expect(errors).toBe('1 texts were changed or moved, and do not open\n');
});

test('what was encrypted under a lost key is deleted on request, and the consents that need it end', async () => {
  const before = await stand();
  const environment = { ...rotated(before), DATA_ENCRYPTION_FORMER_KEYS: '' };
  const { output } = await drop(
    ['secrets', 'discard', '2025', '--json', '--as', 'ida', '--reason', 'lost'],
    environment,
  );
  expect(JSON.parse(output)).toEqual({ consents: 2, texts: 3 });
  const { database } = before.context.store;
  const about = 'key 2025: 3 texts, 2 consents';
  expect(await actsOf(before)).toMatchObject([
    { operator: 'ida', act: 'discarded key', about, reason: 'lost' },
  ]);
  const connections = await database.selectFrom('bank_connections').select('status').execute();
  expect(connections).toEqual([{ status: 'expired' }, { status: 'expired' }]);
  const [own, plain] = before.payments;
  const found = await findPayment(database, { id: own?.id ?? '' });
  expect(found).toMatchObject({ status: 'awaiting_authorisation', redirectUrl: undefined });
  const other = await findPayment(database, { id: plain?.id ?? '' });
  expect(other && approvalLink(before.context, other)).toBe(plain?.link);
});

test('what is under a configured key is not deleted', async () => {
  const before = await stand();
  const { code, errors } = await drop(['secrets', 'discard', '2025'], rotated(before));
  expect([code, errors]).toEqual([1, expect.stringContaining('the key "2025" is configured')]);
  for (const consent of before.consents)
    expect(await secretStateOf(before.context, consent).read()).toEqual(kept);
});

test('a text that has changed since it was read is not replaced', async () => {
  const { context, consents } = await stand();
  const [row = ''] = consents.map(({ id }) => id);
  const [column] = sealedColumns;
  if (!column) throw new RangeError('there is a column');
  const replaced = replaceText(context.store.database, column, {
    row,
    from: 'read before',
    to: 'v1.2026.AAAA',
  });
  expect(await replaced).toBe(false);
  expect(await secretStateOf(context, { kind: 'consent', id: row }).read()).toEqual(kept);
});

test('secrets that change while they are moved are not lost', async () => {
  const { context, consents } = await stand();
  const [consent = { kind: 'consent', id: '' }] = consents;
  const after = { ...context, sealer: sealerOf('2026', '2025') };
  const state = secretStateOf(after, consent);
  await state.change(async () => {
    expect((await rekeyTexts(context.store.database, after.sealer)).remaining).toEqual([]);
    return { refreshToken: '2' };
  });
  expect(await state.read()).toEqual({ refreshToken: '2' });
});

test('a start with keys that do not open everything alerts the operators, and any other start does not', async () => {
  const { context } = await stand();
  await alertMissingKeys(context);
  await alertMissingKeys({ ...context, sealer: sealerOf('2026', '2025') });
  expect(await raisedAlerts(context)).toEqual([]);
  await alertMissingKeys({ ...context, sealer: sealerOf('2026') });
  const message =
    'Encrypted and not readable: 2 in provider_secrets.sealed under "2025", 1 in transactions.redirect_url ' +
    'under "2025". Name the key in DATA_ENCRYPTION_FORMER_KEYS and restart. ' +
    'What it concerns: "npx drop secrets status". Runbook: docs/runbook/an-encryption-key-is-not-configured.md';
  expect(await raisedAlerts(context)).toEqual([
    { severity: 'critical', title: 'An encryption key is not configured', message },
  ]);
});

test('a start whose database is gone goes on without that alert', async () => {
  const { context } = await stand();
  await context.store.close();
  await alertMissingKeys(context);
  expect(context.logged.at(-1)).toMatchObject({
    message: 'the encryption keys in use could not be looked up',
  });
});

test.each(['', 'a.b', '%', "2025' or true"])('"%s" is no id of a key to delete texts under', async (id) => {
  expect(await drop(['secrets', 'discard', id], {})).toMatchObject({ code: 2, output: '' });
});
