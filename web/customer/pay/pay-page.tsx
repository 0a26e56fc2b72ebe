import { WalletIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import type { Payment } from '#http/contract/payments.ts';
import { creditorsQuery } from '../api/creditors.ts';
import { accountsQuery, meQuery, paymentQuery } from '../api/queries.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { usePayTexts } from '../texts/pay-texts.ts';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { VerifyFirst } from '../shell/verify-first.tsx';
import { draftQuery } from './draft-query.ts';
import { startForm } from './form-start.ts';
import { canPayFrom } from './payable-account.ts';
import { PaymentSteps } from './payment-steps.tsx';
import './pay.css';

export function PayPage() {
  const pay = usePayTexts();
  const { again } = useSearch({ from: '/customer/pay' });
  const me = useQuery(meQuery);
  const accounts = useQuery(accountsQuery);
  const draft = useQuery(draftQuery);
  /* Awaited, so that the form does not move while it is filled in; without an answer it suggests no recipient. */
  const creditors = useQuery(creditorsQuery);
  const earlier = useQuery({ ...paymentQuery(again ?? ''), enabled: again !== undefined });
  const known = useKnownAccounts(accounts.data);

  if (me.data && me.data.kycStatus !== 'approved')
    return <VerifyFirst title={pay.title} kycStatus={me.data.kycStatus} rejectedText={pay.rejectedText} />;
  if (known && !known.some(isOfUse)) return <NoAccount />;
  /* Without the draft the form would have another key, and take the place of a payment that may have been sent. */
  const failed = [accounts, draft].find(({ data, isError }) => isError && data === undefined);
  const isEarlierAwaited = again !== undefined && earlier.isPending;
  /* Once: the form asks again for what had no answer. */
  const areCreditorsAwaited = !creditors.isFetched && creditors.fetchStatus !== 'paused';
  if (!known || draft.data === undefined || isEarlierAwaited || areCreditorsAwaited) {
    return (
      <Page title={pay.title} width="form">
        {failed ? (
          <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />
        ) : (
          <LoadingRows rows={4} height={76} />
        )}
      </Page>
    );
  }
  return <StartedForm accounts={known} draft={draft.data} earlier={earlier.data} />;
}

interface StartedFormProps {
  accounts: Account[];
  draft: PaymentDraft | null;
  earlier: Payment | undefined;
}

/** Starts the form once, with what is known then. */
function StartedForm({ accounts, draft, earlier }: StartedFormProps) {
  const { from } = useSearch({ from: '/customer/pay' });
  const locale = useLocale();
  const newKey = () => crypto.randomUUID();
  const [start, setStart] = useState(() => startForm({ draft, earlier, from, accounts, locale, newKey }));
  const takeDraft = () =>
    setStart(startForm({ draft, earlier: undefined, from: undefined, accounts, locale, newKey }));
  return (
    <PaymentSteps key={start.idempotencyKey} accounts={accounts} start={start} onTakeDraft={takeDraft} />
  );
}

interface KnownAccount extends Account {
  /** Whether it could be paid from when the customer began. */
  wasUsable: boolean;
}

/**
 * The accounts of the customer. One whose consent ends while the customer is paying stays, as ended, so that the screen
 * can say so.
 */
function useKnownAccounts(accounts: Account[] | undefined): KnownAccount[] | undefined {
  const [seen, setSeen] = useState<KnownAccount[]>();
  const [read, setRead] = useState<Account[]>();
  if (accounts !== undefined && accounts !== read) {
    setRead(accounts);
    setSeen(withEnded(seen ?? [], accounts));
  }
  return seen;
}

function withEnded(before: KnownAccount[], now: Account[]): KnownAccount[] {
  const gone = before.filter(({ id }) => !now.some((account) => account.id === id));
  return [
    ...now.map((account) => ({
      ...account,
      wasUsable: canPayFrom(account) || before.some(({ id, wasUsable }) => wasUsable && id === account.id),
    })),
    ...gone.map((account): KnownAccount => ({ ...account, consentStatus: 'revoked' })),
  ];
}

function isOfUse({ wasUsable }: KnownAccount): boolean {
  return wasUsable;
}

function NoAccount() {
  const pay = usePayTexts();
  return (
    <Page title={pay.title} width="form">
      <EmptyState icon={<WalletIcon aria-hidden />} title={pay.noAccountTitle} text={pay.noAccountText}>
        <Link to="/banks" className="ds-button">
          {pay.noAccountAction}
        </Link>
      </EmptyState>
    </Page>
  );
}
