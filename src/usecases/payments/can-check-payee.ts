import type { BankAccount } from '#store/bank-accounts.ts';
import type { UseCaseContext } from '../context.ts';

/** Whether the provider of an account can say whom another account belongs to. */
export function canCheckPayee(
  { services }: Pick<UseCaseContext, 'services'>,
  { provider }: Pick<BankAccount, 'provider'>,
): boolean {
  return services.openBanking.all().some(({ id, payees }) => id === provider && payees !== undefined);
}
