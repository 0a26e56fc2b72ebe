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
