import { PaperplaneIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { Me } from '#http/contract/session.ts';
import { AccountBalance } from '../accounts/account-balance.tsx';
import { accountsQuery, paymentsQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { PaymentRows } from '../payments/payment-rows.tsx';
import { Page } from '../shell/page.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { NextStep } from './next-step.tsx';

const recentPayments = 5;

/** It is loaded after the screen, which does without it if it cannot be loaded. */
const AskAddress = lazy(async () => {
  const loaded = await import('../settings/ask-address.tsx').catch(() => undefined);
  return { default: loaded?.AskAddress ?? (() => null) };
});

export function Overview({ me }: { me: Me }) {
  const { home } = useTexts();
  const accounts = useQuery(accountsQuery);
  const usable = accounts.data?.filter((account) => account.consentStatus === 'active') ?? [];
  const canPay = me.kycStatus === 'approved' && usable.length > 0;
  return (
    <Page title={home.title} heading={home.greeting(firstName(me.name))} width="wide">
      <NextStep me={me} accounts={accounts.data} />
      <div className="overview">
        {accounts.isError && <ProblemAlert error={accounts.error} onRetry={() => void accounts.refetch()} />}
        {accounts.isPending && <LoadingRows rows={1} height={220} />}
        {usable.length > 0 && <Balances accounts={usable} canPay={canPay} />}
        {(canPay || accounts.isPending) && <RecentPayments />}
      </div>
      <Suspense>
        <AskAddress />
      </Suspense>
    </Page>
  );
}

function Balances({ accounts, canPay }: { accounts: Account[]; canPay: boolean }) {
  const { home } = useTexts();
  return (
    <section className="balances" aria-labelledby="home-accounts">
      <h2 id="home-accounts">{home.accounts}</h2>
      <ul role="list">
        {accounts.map((account) => (
          <li key={account.id}>
            <AccountBalance account={account} />
          </li>
        ))}
      </ul>
      {canPay && (
        <Link to="/pay" className="ds-button balances-pay">
          <PaperplaneIcon aria-hidden />
          {home.pay}
        </Link>
      )}
      <Link to="/accounts" className="balances-more">
        {home.allAccounts}
      </Link>
    </section>
  );
}

function RecentPayments() {
  const { home } = useTexts();
  const payments = useQuery(paymentsQuery);
  const recent = payments.data?.slice(0, recentPayments) ?? [];
  return (
    <section className="recent" aria-labelledby="home-recent">
      <h2 id="home-recent">{home.recent}</h2>
      {payments.isPending && <LoadingRows />}
      {payments.isError && <ProblemAlert error={payments.error} onRetry={() => void payments.refetch()} />}
      {payments.isSuccess && recent.length === 0 && <p className="quiet recent-none">{home.noPayments}</p>}
      {recent.length > 0 && (
        <>
          <PaymentRows payments={recent} />
          <Link to="/payments" className="more">
            {home.allPayments}
          </Link>
        </>
      )}
    </section>
  );
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
