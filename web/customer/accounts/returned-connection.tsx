import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Connection } from '#http/contract/banks.ts';
import { accountsQuery, connectionQuery, connectionsQuery } from '../api/queries.ts';
import { ConsentOutcome } from '../banks/consent-outcome.tsx';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { Notice } from '#kit/parts/notice.tsx';

/** Tells whoever comes back from the bank what became of the consent: that it worked only where it did. */
export function ReturnedConnection({ id }: { id: string }) {
  const { data: connection } = useQuery(connectionQuery(id));
  switch (connection?.status) {
    case 'active':
      return <Connected connection={connection} />;
    case 'pending':
      return <StillPending connection={connection} />;
    case 'cancelled':
      return <ConsentOutcome outcome="consent_cancelled" />;
    case 'failed':
      return <ConsentOutcome outcome="consent_failed" />;
    case 'expired':
    case 'revoked':
    case undefined:
      return null;
  }
}

function Connected({ connection }: { connection: Connection }) {
  const { accounts: texts } = useTexts();
  const message = texts.connected(connection.bankName);
  useEffect(() => announce(message), [message]);
  return (
    <Notice tone="success" title={message}>
      <p>{texts.connectedText}</p>
    </Notice>
  );
}

function StillPending({ connection }: { connection: Connection }) {
  const { accounts: texts } = useTexts();
  const queryClient = useQueryClient();
  // When the answer has come there may be accounts.
  useEffect(
    () => () => {
      for (const { queryKey } of [connectionsQuery, accountsQuery])
        void queryClient.invalidateQueries({ queryKey, exact: true });
    },
    [queryClient],
  );
  return (
    <Notice tone="info" title={texts.connecting(connection.bankName)}>
      <p>{texts.connectingText}</p>
    </Notice>
  );
}
