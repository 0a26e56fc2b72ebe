import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { noStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

test('a grant of another bank that cannot be ended at once is told to the operators, and left to a job', async () => {
  const bank = await MadeUpBank.start();
  const { ais } = bank.provider;
  ais.startConsent = async () => ({ reference: 'consent-1', next: noStep });
  ais.completeConsent = async () => ({ kind: 'granted', grant: { ...bank.grant(), bankId: 'another' } });
  ais.revokeConsent = () => Promise.reject(new DropError('provider_timeout', { outcome: 'unknown' }));
  const request = { bankId: 'dnb-accounts', access, locale: 'nb' } as const;
  await expect(startConnection(bank.context, bank.user, request)).rejects.toBeInstanceOf(DropError);

  const errors = bank.context.logged.filter(({ level }) => level === 'error').map(({ message }) => message);
  expect(errors).toContain('a consent that is not kept could not be ended');
  expect(await bank.accounts()).toEqual([]);
});

test('accounts of different numbers under one reference are not kept; one that is listed twice is', async () => {
  const bank = await MadeUpBank.start();
  const { ais } = bank.provider;
  const [own] = bank.grant().accounts;
  if (own === undefined) throw new RangeError('the grant has an account');
  const shared = { ...own, reference: 'shared' };
  const accounts = [
    own,
    { ...own },
    { ...shared, accountNumber: '15032080178' },
    { ...shared, accountNumber: '95360573002' },
  ];
  ais.startConsent = async () => ({ reference: 'consent-1', next: noStep });
  ais.completeConsent = async () => ({ kind: 'granted', grant: { ...bank.grant(), accounts } });
  await startConnection(bank.context, bank.user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  expect(await bank.accounts()).toMatchObject([{ reference: 'account-1', accountNumber: '12345678903' }]);
});

test('no more than a hundred accounts of one consent are kept', async () => {
  const bank = await MadeUpBank.start();
  const { ais } = bank.provider;
  const [own] = bank.grant().accounts;
  if (own === undefined) throw new RangeError('the grant has an account');
  const accounts = Array.from({ length: 101 }, (_each, index) => {
    const name = `a-${index}`;
    return { ...own, reference: name, identity: name, accountNumber: undefined };
  });
  ais.startConsent = async () => ({ reference: 'consent-1', next: noStep });
  ais.completeConsent = async () => ({ kind: 'granted', grant: { ...bank.grant(), accounts } });
  await startConnection(bank.context, bank.user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const { rows } = await sql`select from bank_account_consents`.execute(bank.context.store.database);
  expect(rows).toHaveLength(100);
});

test("another consent than the one that was begun gives none of its accounts, and is another's to end", async () => {
  const bank = await MadeUpBank.start();
  const { ais } = bank.provider;
  const ended: string[] = [];
  ais.revokeConsent = async ({ reference }) => void ended.push(reference);
  ais.startConsent = async () => ({ reference: 'consent-1', next: noStep });
  ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant('CONSENT-1') });
  const request = { bankId: 'dnb-accounts', access, locale: 'nb' } as const;
  await startConnection(bank.context, bank.user, request);
  expect(await bank.accounts()).toHaveLength(1);

  const other = await MadeUpBank.on(bank.context);
  other.provider.ais.startConsent = async () => ({ reference: 'consent-2', next: noStep });
  other.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant('CONSENT-1') });
  other.provider.ais.revokeConsent = ais.revokeConsent;
  await expect(startConnection(other.context, other.user, request)).rejects.toMatchObject({
    code: 'consent_failed',
  });
  expect(await other.accounts()).toEqual([]);
  expect(ended).toEqual([]);
});

test("a consent that is begun under another customer's reference is refused, and theirs stands", async () => {
  const bank = await MadeUpBank.start();
  const { ais } = bank.provider;
  ais.startConsent = async () => ({ reference: 'consent-1', next: noStep });
  ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const request = { bankId: 'dnb-accounts', access, locale: 'nb' } as const;
  await startConnection(bank.context, bank.user, request);
  const other = await MadeUpBank.on(bank.context);
  other.provider.ais.startConsent = ais.startConsent;
  await expect(startConnection(other.context, other.user, request)).rejects.toMatchObject({
    code: 'provider_invalid_response',
  });
  expect(await other.accounts()).toEqual([]);
  expect(await bank.accounts()).toMatchObject([{ consentStatus: 'active' }]);
});
