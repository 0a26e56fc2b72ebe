import { randomUUID } from 'node:crypto';
import type { Payment } from '#store/payments.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { pay, type PaymentForm } from '#usecases/payments/pay.ts';
import { access, MadeUpBank } from '../banking/made-up-bank.ts';

/** A made-up bank at which the customer has an account, the form of a payment from it, and a way to send it once. */
export async function linkedBank(given?: MadeUpBank): Promise<{
  bank: MadeUpBank;
  form: PaymentForm;
  send: () => Promise<Payment>;
}> {
  const bank = given ?? (await MadeUpBank.start());
  const { ais } = bank.provider;
  const reference = given ? `consent-${given.user.id}` : 'consent-1';
  ais.startConsent = async () => ({ reference, next: { kind: 'none' } });
  ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant(reference) });
  await startConnection(bank.context, bank.user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const [account] = await bank.accounts();
  const form = {
    accountId: account?.id ?? '',
    amount: { amount: 25_000, currency: 'NOK' },
    creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
    kid: undefined,
    text: undefined,
  };
  const circumstances = { idempotencyKey: randomUUID(), access, locale: 'nb' } as const;
  return { bank, form, send: () => pay(bank.context, bank.user, { form, circumstances }) };
}
