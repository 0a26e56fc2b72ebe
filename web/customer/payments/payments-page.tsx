import { Button } from '@digdir/designsystemet-react';
import { MagnifyingGlassIcon, ReceiptIcon } from '@navikt/aksel-icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTexts } from '../texts/texts.ts';
import { usePaymentListTexts } from '../texts/payment-list-texts.ts';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { PaymentFilterForm } from './payment-filter-form.tsx';
import { paymentListQuery, type PaymentListFilter } from './payment-list-query.ts';
import { PaymentDays } from './payment-days.tsx';
import { StatementForm } from './statement-form.tsx';
import { usePaymentFilter } from './use-payment-filter.ts';
import { useAnnouncedCount, useShowMore } from './use-shown-payments.ts';
import './payment-list.css';

export function PaymentsPage() {
  const { payments: texts } = useTexts();
  const found = usePaymentListTexts();
  const { filter, isNarrowed, choose } = usePaymentFilter();
  const list = useInfiniteQuery(paymentListQuery(filter));
  const payments = list.data?.pages.flatMap((page) => page.payments) ?? [];
  /* While another filter's payments are still shown, nothing is known of this one's. */
  const isOld = list.isPlaceholderData;
  const isAnyExpected = isNarrowed || isOld || payments.length > 0;
  const heading = useRef<HTMLHeadingElement>(null);
  /* The form is made anew, and with it the button that had the focus. */
  const chooseAndGo = (wanted: PaymentListFilter) => {
    choose(wanted);
    heading.current?.focus();
  };
  const isMoreMissing = list.isFetchNextPageError;
  const showMore = useShowMore(list);
  useAnnouncedCount(list, isNarrowed);
  return (
    <Page title={texts.title} width="reading">
      {isAnyExpected && (
        <div className="payment-tools">
          <PaymentFilterForm key={JSON.stringify(filter)} filter={filter} onChoose={chooseAndGo} />
          <StatementForm key={`${filter.from} ${filter.to}`} from={filter.from} to={filter.to} />
          {isNarrowed && payments.length > 0 && (
            <Button
              variant="secondary"
              data-color="neutral"
              className="payments-clear"
              onClick={() => chooseAndGo({})}
            >
              {found.clear}
            </Button>
          )}
        </div>
      )}
      <h2 ref={heading} tabIndex={-1} className="ds-sr-only">
        {found.list}
      </h2>
      {(list.isPending || (isOld && payments.length === 0)) && <LoadingRows rows={5} />}
      {list.isError && !isMoreMissing && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data && !isOld && payments.length === 0 && !list.hasNextPage && (
        <NoPayments isNarrowed={isNarrowed} onClear={() => chooseAndGo({})} />
      )}
      {payments.length > 0 && (
        <div aria-busy={isOld} className="payments-found">
          <PaymentDays payments={payments} />
        </div>
      )}
      {isMoreMissing && <ProblemAlert error={list.error} onRetry={showMore} />}
      {list.hasNextPage && !isOld && (
        <MorePayments
          isLoading={list.isFetchingNextPage}
          isNoneFound={payments.length === 0}
          onMore={showMore}
        />
      )}
    </Page>
  );
}

function NoPayments({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  const { payments: texts } = useTexts();
  const found = usePaymentListTexts();
  if (isNarrowed)
    return (
      <EmptyState icon={<MagnifyingGlassIcon aria-hidden />} title={found.noneTitle} text={found.noneText}>
        <Button variant="secondary" onClick={onClear}>
          {found.clear}
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState icon={<ReceiptIcon aria-hidden />} title={texts.emptyTitle} text={texts.emptyText}>
      <Link to="/pay" className="ds-button">
        {texts.pay}
      </Link>
    </EmptyState>
  );
}

interface MorePaymentsProps {
  isLoading: boolean;
  isNoneFound: boolean;
  onMore: () => void;
}

function MorePayments({ isLoading, isNoneFound, onMore }: MorePaymentsProps) {
  const texts = usePaymentListTexts();
  return (
    <>
      {isNoneFound && <p>{texts.nothingYet}</p>}
      <Button
        variant="secondary"
        data-color="neutral"
        className="payments-more"
        loading={isLoading}
        aria-disabled={isLoading}
        onClick={onMore}
      >
        {isNoneFound ? texts.older : texts.more}
      </Button>
    </>
  );
}
