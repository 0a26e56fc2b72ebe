import { useQuery } from '@tanstack/react-query';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import type { Payment } from '#http/contract/payments.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useCounted } from '#kit/parts/use-counted.ts';
import { BalanceAge } from '../accounts/balance-age.tsx';
import { accountsQuery } from '../api/queries.ts';
import { usePaymentRailTexts } from '../texts/payment-rail-texts.ts';

/**
 * The balance of the account that was paid from, with its age. It counts to the new figure once the balance is read
 * again; screen readers meet the new figure only, and nothing is announced.
 */
export function PaidBalance({ payment }: { payment: Payment }) {
  const texts = usePaymentRailTexts();
  const format = useFormat();
  const { data: accounts } = useQuery(accountsQuery);
  const account = accounts?.find(({ id }) => id === payment.debtor.accountId);
  const balance = account?.balance;
  const shown = useCounted(balance?.amount);
  if (payment.status !== 'settled' || payment.isContradicted || !account || !balance) return null;
  const name = account.accountNumber === null ? account.bankName : formatAccountNumber(account.accountNumber);
  return (
    <p className="paid-balance" data-testid="paid-balance">
      <span className="ds-sr-only">
        {texts.balance(name)}: {format.money(balance)}
      </span>
      <span className="paid-balance-name" aria-hidden="true">
        {texts.balance(name)}
      </span>
      <span className="amount paid-balance-amount" aria-hidden="true">
        <Figures>{format.money({ ...balance, amount: shown ?? balance.amount })}</Figures>
      </span>
      <BalanceAge {...account} />
    </p>
  );
}
