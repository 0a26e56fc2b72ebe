import { WalletIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { Connection } from '#http/contract/banks.ts';
import { accountsQuery, connectionsQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { Notice } from '#kit/parts/notice.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { ReturnedConnection } from './returned-connection.tsx';
import { linkedBanks } from './sort-connections.ts';
import './accounts.css';

export function AccountsPage() {
  const texts = useTexts().accounts;
  const connections = useQuery(connectionsQuery);
  const accounts = useQuery(accountsQuery);
  const { connection: returnedId } = useSearch({ from: '/customer/accounts' });
  const [revoked, setRevoked] = useState<{ bankName: string; count: number }>();
  const showRevoked = (bankName: string) => {
    setRevoked((before) => ({ bankName, count: (before?.count ?? 0) + 1 }));
    // The button that was pressed may be far below the confirmation.
    window.scrollTo({ top: 0 });
  };
  const failed = connections.isError ? connections : accounts.isError ? accounts : undefined;
  return (
    <Page title={texts.title} lead={texts.lead} width="reading">
      {returnedId !== undefined && <ReturnedConnection id={returnedId} />}
      {revoked && (
        <Notice key={revoked.count} tone="success" title={texts.revoked(revoked.bankName)} takesFocus>
          <p>{texts.revokedText}</p>
        </Notice>
      )}
      {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {connections.data && accounts.data ? (
        <Connections connections={connections.data} accounts={accounts.data} onRevoked={showRevoked} />
      ) : (
        !failed && <LoadingRows rows={2} height={220} />
      )}
      <nav className="accounts-links" aria-label={texts.more}>
        <Link to="/consents">{texts.consents}</Link>
        <Link to="/devices">{texts.devices}</Link>
      </nav>
    </Page>
  );
}

interface ConnectionsProps {
  connections: Connection[];
  accounts: Account[];
  onRevoked: (bankName: string) => void;
}

function Connections({ connections, accounts, onRevoked }: ConnectionsProps) {
  const texts = useTexts().accounts;
  const current = linkedBanks(connections);
  return (
    <>
      {current.length === 0 && (
        <EmptyState icon={<WalletIcon aria-hidden />} title={texts.emptyTitle} text={texts.emptyText}>
          <Link to="/banks" className="ds-button">
            {texts.connect}
          </Link>
        </EmptyState>
      )}
      {current.map((bank) => (
        <ConnectionCard key={bank.bankId} bank={bank} accounts={accounts} onRevoked={onRevoked} />
      ))}
      {current.length > 0 && (
        <Link to="/banks" className="ds-button" data-variant="secondary">
          {texts.add}
        </Link>
      )}
    </>
  );
}
