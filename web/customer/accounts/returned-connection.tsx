import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Connection } from '#http/contract/banks.ts';
import { accountsQuery, connectionQuery, connectionsQuery } from '../api/queries.ts';
import { ConsentOutcome } from '../banks/consent-outcome.tsx';
import { useConsentTexts } from '../texts/consent-texts.ts';
import { ApproveInApp } from './approve-in-app.tsx';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { Notice } from '#kit/parts/notice.tsx';

/** Shows a customer the outcome of a consent, or that it is pending. Only an active consent counts as success. */
export function ReturnedConnection({ id }: { id: string }) {
  const { data: connection } = useQuery(connectionQuery(id));
  switch (connection?.status) {
    case 'active':
      return <Connected connection={connection} />;
    case 'pending':
      return <StillPending connection={connection} />;
    case 'cancelled':
    case 'failed':
      return <ConsentOutcome outcome={`consent_${connection.status}`} isRenewal={connection.isRenewal} />;
    case 'expired':
    case 'revoked':
    case undefined:
      return null;
  }
}

function Connected({ connection }: { connection: Connection }) {
  const { accounts: texts } = useTexts();
  const { outcome } = useConsentTexts();
  const { bankName, isRenewal } = connection;
  const message = isRenewal ? outcome.renewed(bankName) : texts.connected(bankName);
  useEffect(() => announce(message), [message]);
  return (
    <Notice tone="success" title={message}>
      <p>{isRenewal ? outcome.renewedText : texts.connectedText}</p>
    </Notice>
  );
}

function StillPending({ connection }: { connection: Connection }) {
  const { accounts: texts } = useTexts();
  const { next } = connection;
  const queryClient = useQueryClient();
  // This unmounts when the bank has answered: the lists are reloaded, since there may be new accounts.
  useEffect(
    () => () => {
      for (const { queryKey } of [connectionsQuery, accountsQuery])
        void queryClient.invalidateQueries({ queryKey, exact: true });
    },
    [queryClient],
  );
  if (next.kind === 'decoupled') return <ApproveInApp connection={connection} next={next} />;
  return (
    <Notice tone="info" title={texts.connecting(connection.bankName)}>
      <p>{texts.connectingText}</p>
    </Notice>
  );
}
