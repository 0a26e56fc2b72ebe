import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { Access } from '#services/open-banking/service.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { linkedBank } from '../payments/linked-bank.ts';
import { access as attended } from './made-up-bank.ts';

const hourMs = 3_600_000;
const unattended: Access = { kind: 'unattended' };

/** A linked account; `asked` are the readings that reached the bank. */
async function linked() {
  const { bank } = await linkedBank();
  const { context, provider, user } = bank;
  const asked: Access['kind'][] = [];
  provider.ais.readBalance = async (_key, access) => {
    asked.push(access.kind);
    return { money: { amount: 975_000, currency: 'NOK' }, kind: 'available', wireType: 'ITAV' };
  };
  const [account] = await bank.accounts();
  const read = (access: Access): Promise<string> =>
    refreshBalance(context, user, { accountId: account?.id ?? '', access }).then(
      () => 'read',
      (error: unknown) =>
        error instanceof DropError ? `${error.code} ${error.details.outcome}` : String(error),
    );
  return { bank, context, provider, asked, read };
}

test('the fifth unattended reading of an account within 24 hours is not sent to the bank', async () => {
  const { asked, read } = await linked();
  for (let reading = 0; reading < 4; reading += 1) expect(await read(unattended)).toBe('read');
  expect(await read(unattended)).toBe('bank_rate_limited not_sent');
  expect(asked).toHaveLength(4);
});

test('the 24 hours roll: a reading comes back when its own day is over', async () => {
  const { context, read } = await linked();
  for (let reading = 0; reading < 4; reading += 1) {
    expect(await read(unattended)).toBe('read');
    context.clock.advance(hourMs);
  }
  context.clock.advance(20 * hourMs - 1);
  expect(await read(unattended)).toBe('bank_rate_limited not_sent');
  context.clock.advance(1);
  expect(await read(unattended)).toBe('read');
  expect(await read(unattended)).toBe('bank_rate_limited not_sent');
});

test('attended readings cost nothing of it', async () => {
  const { asked, read } = await linked();
  for (let reading = 0; reading < 6; reading += 1) expect(await read(attended)).toBe('read');
  expect(await read(unattended)).toBe('read');
  expect(asked).toHaveLength(7);
});

test('an attended reading that the bank counts as unattended is taken from it', async () => {
  const { provider, asked, read } = await linked();
  provider.ais.countsAs = async () => 'unattended';
  for (let reading = 0; reading < 4; reading += 1) expect(await read(attended)).toBe('read');
  expect(await read(attended)).toBe('bank_rate_limited not_sent');
  expect(asked).toHaveLength(4);
});

test('an attended reading without the customer’s address is taken from it', async () => {
  const { asked, read } = await linked();
  const unknown: Access = { ...attended, ipAddress: undefined };
  for (let reading = 0; reading < 4; reading += 1) expect(await read(unknown)).toBe('read');
  expect(await read(unknown)).toBe('bank_rate_limited not_sent');
  expect(asked).toHaveLength(4);
});

test('readings at the same moment, in whichever process, are four together', async () => {
  const { asked, read } = await linked();
  const results = await Promise.all(Array.from({ length: 12 }, () => read(unattended)));
  expect(results.filter((result) => result === 'read')).toHaveLength(4);
  expect(asked).toHaveLength(4);
});

test('a reading that fails stays taken, since the bank may have counted it', async () => {
  const { provider, read } = await linked();
  provider.ais.readBalance = () => Promise.reject(new DropError('bank_unavailable', { outcome: 'unknown' }));
  for (let reading = 0; reading < 4; reading += 1)
    expect(await read(unattended)).toBe('bank_unavailable unknown');
  expect(await read(unattended)).toBe('bank_rate_limited not_sent');
});

test('the last balance stays, with its age and its kind, when the bank cannot be asked', async () => {
  const { bank, context, provider, read } = await linked();
  await read(attended);
  const at = context.clock.now();
  context.clock.advance(hourMs);
  provider.ais.readBalance = () => Promise.reject(new DropError('bank_unavailable', { outcome: 'unknown' }));
  await read(attended);
  const [account] = await bank.accounts();
  expect(account).toMatchObject({
    balance: { amount: 975_000, currency: 'NOK' },
    balanceKind: 'available',
    balanceAt: at,
  });
});
