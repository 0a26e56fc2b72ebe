import { ArrowsCirclepathIcon } from '@navikt/aksel-icons';
import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Account } from '#http/contract/accounts.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { refreshAccount } from '../api/actions.ts';
import { accountsQuery } from '../api/queries.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { accountLabel } from './account-label.ts';
import { BalanceAge } from './balance-age.tsx';
import './account-balance.css';

/** An account with its last known balance, the age of that balance, and a button to refresh it. */
export function AccountBalance({ account }: { account: Account }) {
  const { accounts } = useTexts();
  const format = useFormat();
  const queryClient = useQueryClient();
  const refresh = useMutation({
    mutationFn: () => refreshAccount(account.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
      announce(accounts.refreshed);
    },
  });
  const name = account.name ?? accounts.unnamed;
  const readable = account.consentStatus === 'active';
  return (
    <div className="account" data-testid="account">
      <div className="account-names">
        <h3 className="account-name" {...(account.name === null ? {} : { lang: 'nb' })}>
          {name}
        </h3>
        <span className="account-bank">{account.bankName}</span>
        <span className="account-number number">
          {account.accountNumber ? formatAccountNumber(account.accountNumber) : accounts.noNumber}
        </span>
      </div>
      {readable && (
        <div className="account-balance">
          {account.balance ? (
            <p className="account-known">
              <span className="account-kind">
                {account.balanceKind ? accounts.balanceKind[account.balanceKind] : accounts.balance}{' '}
              </span>
              <span className="amount account-amount">
                <Figures>{format.money(account.balance)}</Figures>
              </span>
            </p>
          ) : (
            <span className="account-amount-missing">{accounts.noBalance}</span>
          )}
        </div>
      )}
      {readable && (
        <div className="account-age">
          <BalanceAge {...account} />
          <Button
            icon
            variant="tertiary"
            className="account-refresh"
            aria-label={accounts.refreshOf(accountLabel(account, accounts.unnamed))}
            title={accounts.refresh}
            loading={refresh.isPending}
            aria-disabled={refresh.isPending}
            onClick={() => !refresh.isPending && refresh.mutate()}
          >
            <ArrowsCirclepathIcon aria-hidden />
          </Button>
        </div>
      )}
      {refresh.isError && <ProblemAlert error={refresh.error} onRetry={() => refresh.mutate()} />}
    </div>
  );
}
