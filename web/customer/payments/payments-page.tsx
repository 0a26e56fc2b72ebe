import { ReceiptIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paymentsQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { PaymentRows } from './payment-rows.tsx';

export function PaymentsPage() {
  const { payments: texts } = useTexts();
  const payments = useQuery(paymentsQuery);
  return (
    <Page title={texts.title} width="reading">
      {payments.isPending && <LoadingRows rows={5} />}
      {payments.isError && <ProblemAlert error={payments.error} onRetry={() => void payments.refetch()} />}
      {payments.data?.length === 0 && (
        <EmptyState icon={<ReceiptIcon aria-hidden />} title={texts.emptyTitle} text={texts.emptyText}>
          <Link to="/pay" className="ds-button">
            {texts.pay}
          </Link>
        </EmptyState>
      )}
      {payments.data && payments.data.length > 0 && <PaymentRows payments={payments.data} />}
    </Page>
  );
}
