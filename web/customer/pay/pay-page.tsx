import { PersonCheckmarkIcon, WalletIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { accountsQuery, meQuery, paymentQuery } from '../api/queries.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { PaymentSteps } from './payment-steps.tsx';
import { emptyForm, valuesFrom } from './payment-form-values.ts';
import './pay.css';

export function PayPage() {
  const { pay } = useTexts();
  const locale = useLocale();
  const search = useSearch({ from: '/customer/pay' });
  const me = useQuery(meQuery);
  const accounts = useQuery(accountsQuery);
  const earlier = useQuery({ ...paymentQuery(search.again ?? ''), enabled: search.again !== undefined });
  const usable = useUsableAccounts(accounts.data);

  if (me.data && me.data.kycStatus !== 'approved')
    return <NotVerified how={me.data.kycStatus === 'rejected' ? 'rejected' : 'notVerified'} />;
  if (usable?.length === 0) return <NoAccount />;
  if (!usable || earlier.isLoading) {
    return (
      <Page title={pay.title} width="form">
        {accounts.isError ? (
          <ProblemAlert error={accounts.error} onRetry={() => void accounts.refetch()} />
        ) : (
          <LoadingRows rows={4} height={76} />
        )}
      </Page>
    );
  }
  const preferred = usable.find(({ id }) => id === search.from) ?? usable[0];
  const start = { ...emptyForm, ...(earlier.data ? valuesFrom(earlier.data, locale) : {}) };
  return (
    <PaymentSteps
      key={search.again ?? 'new'}
      accounts={usable}
      start={{ ...start, accountId: preferred?.id ?? '' }}
      prefilled={earlier.data !== undefined}
    />
  );
}

/**
 * The accounts to pay from. If the last consent ends while the customer is paying, the form keeps its accounts and its
 * values, and the server's refusal of the payment explains the reason.
 */
function useUsableAccounts(accounts: Account[] | undefined): Account[] | undefined {
  const [atFirst, setAtFirst] = useState<Account[]>();
  const usable = accounts?.filter((account) => account.consentStatus === 'active');
  if (atFirst === undefined && usable !== undefined && usable.length > 0) setAtFirst(usable);
  return usable?.length === 0 && atFirst !== undefined ? atFirst : usable;
}

function NotVerified({ how }: { how: 'notVerified' | 'rejected' }) {
  const { pay } = useTexts();
  return (
    <Obstacle
      icon={<PersonCheckmarkIcon aria-hidden />}
      title={pay[`${how}Title`]}
      text={pay[`${how}Text`]}
      action={
        <Link to="/verify" className="ds-button">
          {pay[`${how}Action`]}
        </Link>
      }
    />
  );
}

function NoAccount() {
  const { pay } = useTexts();
  return (
    <Obstacle
      icon={<WalletIcon aria-hidden />}
      title={pay.noAccountTitle}
      text={pay.noAccountText}
      action={
        <Link to="/banks" className="ds-button">
          {pay.noAccountAction}
        </Link>
      }
    />
  );
}

interface ObstacleProps {
  icon: ReactNode;
  title: string;
  text: string;
  action: ReactNode;
}

/** A screen that tells the customer what to do before they can pay. */
function Obstacle({ icon, title, text, action }: ObstacleProps) {
  const { pay } = useTexts();
  return (
    <Page title={pay.title} width="form">
      <EmptyState icon={icon} title={title} text={text}>
        {action}
      </EmptyState>
    </Page>
  );
}
