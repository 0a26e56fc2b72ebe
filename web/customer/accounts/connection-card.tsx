import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { Connection } from '#http/contract/banks.ts';
import { revokeConnection } from '../api/actions.ts';
import { accountsQuery, connectionsQuery } from '../api/queries.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { useNow } from '#kit/locale/now.ts';
import { announce } from '../shell/announcer.tsx';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { AccountBalance } from './account-balance.tsx';

const soonMs = 7 * 24 * 60 * 60 * 1000;

interface ConnectionProps {
  connection: Connection;
  onRevoked: (bankName: string) => void;
}

/** A linked bank: its accounts, and the consent under which Drop reads them. */
export function ConnectionCard({
  connection,
  accounts,
  onRevoked,
}: ConnectionProps & { accounts: Account[] }) {
  const texts = useTexts().accounts;
  const headingId = `connection-${connection.id}`;
  return (
    <section className="connection" aria-labelledby={headingId} data-testid="connection">
      <div className="connection-head">
        <h2 id={headingId}>{connection.bankName}</h2>
        <StatusTag tone={connection.status === 'active' ? 'success' : 'warning'}>
          {texts.status[connection.status]}
        </StatusTag>
      </div>
      {accounts.length > 0 && (
        <ul className="connection-accounts">
          {accounts.map((account) => (
            <li key={account.id}>
              <AccountBalance account={account} />
              {account.consentStatus === 'active' && (
                <Link to="/pay" search={{ from: account.id }} className="pay-from">
                  {texts.payFrom}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      <Consent connection={connection} onRevoked={onRevoked} />
    </section>
  );
}

function Consent({ connection, onRevoked }: ConnectionProps) {
  const texts = useTexts().accounts;
  const format = useFormat();
  const now = useNow();
  const expired = connection.status === 'expired';
  const soon = connection.validUntil !== null && Date.parse(connection.validUntil) - now < soonMs;
  return (
    <div className="consent">
      <dl className="facts">
        <dt>{texts.covers}</dt>
        <dd>{texts.covered}</dd>
        <dt>{texts.given}</dt>
        <dd>{format.date(connection.createdAt)}</dd>
        {/* A consent can expire at the bank before its agreed date, so an expired one shows no date. */}
        {!expired && (
          <>
            <dt>{texts.validUntil}</dt>
            <dd>{connection.validUntil ? format.date(connection.validUntil) : texts.openEnded}</dd>
          </>
        )}
      </dl>
      {expired && <p className="consent-warning">{texts.expiredText}</p>}
      {!expired && soon && <p className="consent-warning">{texts.renewSoon}</p>}
      <div className="actions">
        {(expired || soon) && (
          <Link
            to="/banks"
            search={{ bank: connection.bankId }}
            className="ds-button"
            {...(expired ? {} : { 'data-variant': 'secondary' })}
          >
            {texts.renew}
          </Link>
        )}
        {!expired && <Revoke connection={connection} onRevoked={onRevoked} />}
      </div>
    </div>
  );
}

function Revoke({ connection, onRevoked }: ConnectionProps) {
  const { accounts: texts, shell } = useTexts();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokeConnection(connection.id),
    onSuccess: async () => {
      setAsking(false);
      announce(texts.revoked(connection.bankName));
      onRevoked(connection.bankName);
      await queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
    },
  });
  return (
    <>
      <Button
        variant="tertiary"
        data-color="danger"
        aria-label={texts.revokeOf(connection.bankName)}
        onClick={() => setAsking(true)}
      >
        {texts.revoke}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.revokeTitle(connection.bankName)}
        confirm={texts.revokeConfirm}
        keep={shell.cancel}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      >
        <p>{texts.revokeText}</p>
        <p>{texts.revokeKeeps}</p>
        {revoke.isError && <ProblemAlert error={revoke.error} onRetry={() => revoke.mutate()} />}
      </ConfirmDialog>
    </>
  );
}
