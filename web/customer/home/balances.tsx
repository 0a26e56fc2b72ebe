import { ArrowsCirclepathIcon, PaperplaneIcon } from '@navikt/aksel-icons';
import { Button } from '@digdir/designsystemet-react';
import { Link } from '@tanstack/react-router';
import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { BalanceAge } from '../accounts/balance-age.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useHomeTexts } from '../texts/home-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { BankCard } from './bank-card.tsx';
import { byBank, oldestRead, totalOf } from './bank-balances.ts';
import { useRefreshAll } from './use-refresh-all.ts';
import './balances.css';

/** The sum, the way to pay and one refresh, then a card for each bank. */
export function Balances({ accounts, canPay }: { accounts: Account[]; canPay: boolean }) {
  const { home, accounts: words } = useTexts();
  const { balances: texts } = useHomeTexts();
  const refresh = useRefreshAll(accounts);
  const total = totalOf(accounts);
  const banks = byBank(accounts);
  const missing = refresh.data;
  const names = missing?.accounts.map(({ name, bankName }) => `${name ?? words.unnamed} (${bankName})`);
  return (
    <section className="balances" aria-labelledby="home-accounts">
      <div className="balances-panel">
        <h2 id="home-accounts" className={total ? 'ds-sr-only' : undefined}>
          {home.accounts}
        </h2>
        {total && <Total {...total} />}
        <div className="balances-age">
          <Age accounts={accounts} />
          <Button
            icon
            variant="tertiary"
            className="balances-refresh"
            aria-label={texts.refresh}
            title={texts.refresh}
            loading={refresh.isPending}
            aria-disabled={refresh.isPending}
            onClick={() => !refresh.isPending && refresh.mutate()}
          >
            <ArrowsCirclepathIcon aria-hidden />
          </Button>
        </div>
        {canPay && (
          <Link to="/pay" className="ds-button balances-pay">
            <PaperplaneIcon aria-hidden />
            {home.pay}
          </Link>
        )}
      </div>
      {missing && names && (
        <ProblemAlert error={missing.error} onRetry={() => refresh.mutate()}>
          {names.length < accounts.length && <p>{texts.failed(names.join(', '))}</p>}
        </ProblemAlert>
      )}
      {banks.map((bank) => (
        <BankCard key={bank.bankName} isOnly={banks.length === 1} {...bank} />
      ))}
      <Link to="/accounts" className="more">
        {home.allAccounts}
      </Link>
    </section>
  );
}

function Total({ money, kind }: NonNullable<ReturnType<typeof totalOf>>) {
  const { balances: texts } = useHomeTexts();
  const format = useFormat();
  return (
    <p className="balances-total">
      <span className="balances-kind">{texts.total[kind]}</span>
      <span className="amount balances-amount">
        <Figures>{format.money(money)}</Figures>
      </span>
    </p>
  );
}

/** The age of the oldest balance. An account with an outdated one says so itself. */
function Age({ accounts }: { accounts: Account[] }) {
  const oldest = oldestRead(accounts.filter(({ isPaidSince }) => !isPaidSince));
  return oldest ? <BalanceAge {...oldest} /> : null;
}
