import { Button } from '@digdir/designsystemet-react';
import { WalletIcon } from '@navikt/aksel-icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { Notice } from '#kit/parts/notice.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { SettingsBackLink } from '../shell/settings-back-link.tsx';
import { useConsentTexts } from '../texts/consent-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { ConsentLedger } from './consent-ledger.tsx';
import { consentsQuery } from './consents-query.ts';
import { ConsentOutcome } from '../banks/consent-outcome.tsx';
import './consents.css';

/** Who may read which accounts of the customer until when, and the consents that have ended. */
export function ConsentsPage() {
  const { page: texts } = useConsentTexts();
  const { outcome } = useSearch({ from: '/customer/consents' });
  const [revoked, setRevoked] = useState<{ bankName: string; count: number }>();
  const ledger = useInfiniteQuery(consentsQuery);
  const consents = ledger.data?.pages.flatMap((page) => page.consents) ?? [];
  const isMoreMissing = ledger.isFetchNextPageError;
  const showRevoked = (bankName: string) => {
    setRevoked((before) => ({ bankName, count: (before?.count ?? 0) + 1 }));
    window.scrollTo({ top: 0 });
  };
  return (
    <Page title={texts.title} lead={texts.lead} width="reading" above={<SettingsBackLink />}>
      {outcome && !revoked && <ConsentOutcome outcome={outcome} isRenewal />}
      {revoked && <Revoked key={revoked.count} bankName={revoked.bankName} />}
      {ledger.isPending && <LoadingRows rows={2} height={320} />}
      {ledger.isError && !isMoreMissing && (
        <ProblemAlert error={ledger.error} onRetry={() => void ledger.refetch()} />
      )}
      {ledger.data && consents.length === 0 && <NoConsents />}
      {consents.length > 0 && (
        <ConsentLedger
          consents={consents}
          unattendedReadsMax={ledger.data?.pages[0]?.unattendedReadsMax ?? 0}
          onRevoked={showRevoked}
        />
      )}
      {isMoreMissing && <ProblemAlert error={ledger.error} onRetry={() => void ledger.fetchNextPage()} />}
      {ledger.hasNextPage && (
        <Button
          variant="secondary"
          data-color="neutral"
          loading={ledger.isFetchingNextPage}
          aria-disabled={ledger.isFetchingNextPage}
          onClick={() => !ledger.isFetchingNextPage && void ledger.fetchNextPage()}
        >
          {texts.more}
        </Button>
      )}
    </Page>
  );
}

function Revoked({ bankName }: { bankName: string }) {
  const { accounts: texts } = useTexts();
  return (
    <Notice tone="success" title={texts.revoked(bankName)} takesFocus>
      <p>{texts.revokedText}</p>
    </Notice>
  );
}

function NoConsents() {
  const { page: texts } = useConsentTexts();
  return (
    <EmptyState icon={<WalletIcon aria-hidden />} title={texts.emptyTitle} text={texts.emptyText}>
      <Link to="/banks" className="ds-button">
        {texts.connect}
      </Link>
    </EmptyState>
  );
}
