import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import type { Me } from '#http/contract/session.ts';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { emailAddressQuery } from '../api/email-address.ts';
import { accountsQuery, kycQuery, paymentsQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { PaymentRows } from '../payments/payment-rows.tsx';
import { lazyPart } from '../shell/lazy-part.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Balances } from './balances.tsx';
import { FirstSteps } from './first-steps.tsx';
import { bankStep, verifyStep } from './next-step.ts';
import { useWaitingItems } from './use-waiting-items.ts';
import { WaitingList } from './waiting-list.tsx';
import './overview.css';

const recentPayments = 5;

/** These are loaded after the screen, which does without one that cannot be loaded. */
const MonthPaid = lazyPart(() => import('./month-paid.tsx'), 'MonthPaid');
const AskAddress = lazyPart(() => import('../settings/ask-address.tsx'), 'AskAddress');

export function Overview({ me }: { me: Me }) {
  const { home } = useTexts();
  const accounts = useQuery(accountsQuery);
  const payments = useQuery(paymentsQuery);
  const kyc = useQuery({ ...kycQuery, enabled: me.kycStatus !== 'approved' });
  const verify = verifyStep(me, kyc.data);
  const bank = accounts.data && bankStep(accounts.data);
  const waiting = useWaitingItems(payments.data, { verify, bank });
  const usable = accounts.data?.filter(({ consentStatus }) => consentStatus === 'active') ?? [];
  const email = useQuery(emailAddressQuery);
  const isNew = payments.data?.length === 0;
  const readAgain = () => {
    for (const list of [accounts, payments]) if (list.isError) void list.refetch();
  };
  /* It stays when it has been answered, to say so. */
  const [isAsked, setAsked] = useState(false);
  if (email.data?.shouldAsk && !isAsked) setAsked(true);
  return (
    <Page title={home.title} heading={home.greeting(firstName(me.name))} width="wide">
      {isNew && accounts.data ? (
        <FirstSteps verify={verify} bank={bank} />
      ) : (
        payments.data && <WaitingList items={waiting} />
      )}
      <div className="overview">
        {accounts.isError && <ProblemAlert error={accounts.error} onRetry={readAgain} />}
        {accounts.isPending && <LoadingRows rows={1} height={220} />}
        {usable.length > 0 && <Balances accounts={usable} canPay={verify === undefined && !isNew} />}
        <div className="overview-paid">
          {payments.isPending && <LoadingRows />}
          {/* What failed for the same reason is told once. */}
          {payments.isError && !accounts.isError && (
            <ProblemAlert error={payments.error} onRetry={readAgain} />
          )}
          {payments.data && !isNew && <RecentPayments payments={payments.data} />}
          <Suspense>
            {accounts.data && payments.data && !isNew && <MonthPaid accounts={accounts.data} />}
          </Suspense>
        </div>
      </div>
      <Suspense>{isAsked && <AskAddress />}</Suspense>
    </Page>
  );
}

function RecentPayments({ payments }: { payments: Payment[] }) {
  const { home } = useTexts();
  return (
    <section className="group" aria-labelledby="home-recent">
      <h2 id="home-recent">{home.recent}</h2>
      <PaymentRows payments={payments.slice(0, recentPayments)} />
      <Link to="/payments" className="more">
        {home.allPayments}
      </Link>
    </section>
  );
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
