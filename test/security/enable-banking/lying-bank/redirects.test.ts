import { expect, test } from 'vitest';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { access, LyingBank } from './world.ts';

const addresses = [
  'http://bank.example/approve',
  'https://user:secret@bank.example/approve',
  'ftp://bank.example/approve',
];

test.each(addresses)('no customer is sent to %s to approve a payment', async (url) => {
  const bank = await LyingBank.start();
  bank.context.redirectPolicy = { ownOrigins: ['https://getdrop.no'], allowsPlainLoopback: false };
  bank.lie(({ method, path }, { json }) =>
    method === 'POST' && path === '/payments' ? { json: { ...(json as object), url } } : undefined,
  );
  const payment = await bank.pay();
  expect(payment.redirectUrl).toBeUndefined();
  expect((await bank.told(payment)).moneyMoved).toBe('not_yet_known');
});

test('a payment whose page is not allowed is kept with its reference, and the operators are told', async () => {
  const bank = await LyingBank.start();
  bank.lie(({ method, path }, { json }) =>
    method === 'POST' && path === '/payments'
      ? { json: { ...(json as object), url: 'http://bank.example/approve' } }
      : undefined,
  );
  const payment = await bank.pay();
  expect(payment).toMatchObject({
    status: 'awaiting_authorisation',
    reference: expect.any(String) as string,
  });
  expect((await bank.alerts()).map(({ title }) => title)).toEqual([
    'A provider sends customers to an address that is not allowed',
  ]);
});

test.each(addresses)('no customer is sent to %s to give a consent', async (url) => {
  const bank = await LyingBank.start();
  bank.lie(({ path }) => (path === '/auth' ? { json: { url } } : undefined));
  const request = { bankId: 'DNB', access, locale: 'nb' } as const;
  await expect(startConnection(bank.context, bank.user, request)).rejects.toMatchObject({
    code: 'provider_invalid_response',
  });
});

test('a customer is sent to no other host than those that the provider names', async () => {
  const bank = await LyingBank.start();
  const provider = bank.context.services.openBanking.forNewConsent({ customerId: 'c' });
  const named = { ...provider, redirectHosts: ['bank.example'] };
  bank.context.services.openBanking = { forNewConsent: () => named, pinned: () => named, all: () => [named] };
  bank.lie(({ path }) => (path === '/auth' ? { json: { url: 'https://attacker.example/' } } : undefined));
  const request = { bankId: 'DNB', access, locale: 'nb' } as const;
  await expect(startConnection(bank.context, bank.user, request)).rejects.toMatchObject({
    code: 'provider_invalid_response',
  });
  bank.lie(({ path }) => (path === '/auth' ? { json: { url: 'https://login.bank.example/' } } : undefined));
  expect((await startConnection(bank.context, bank.user, request)).next).toMatchObject({
    url: 'https://login.bank.example/',
  });
});
