import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import type { BankAccount } from '#store/bank-accounts.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * What the account's bank takes in payments now: those that were kept with the consent may be older. A bank of which
 * the provider says nothing has the usual rules.
 *
 * @throws {DropError} `bank_unavailable` where the provider's list of banks cannot be had.
 */
export async function presentRules(
  { services }: Pick<UseCaseContext, 'services'>,
  { provider, paymentBankId }: Pick<BankAccount, 'provider' | 'paymentBankId'>,
): Promise<PaymentRules> {
  if (paymentBankId === undefined) return usualPaymentRules;
  const banks = (await services.openBanking.pinned(provider).ais?.listBanks()) ?? [];
  const bank = banks.find((each) => each.paymentBankId === paymentBankId);
  return bank?.paymentRules ?? usualPaymentRules;
}
