import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Connection } from '#http/contract/banks.ts';
import { accountsQuery, connectionQuery, connectionsQuery } from '../api/queries.ts';
import { checkConnection } from '../api/actions.ts';
import { ConsentOutcome } from '../banks/consent-outcome.tsx';
import { RenewalOutcome } from '../consents/renewal-outcome.tsx';
import { useConsentTexts } from '../texts/consent-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { Notice } from '#kit/parts/notice.tsx';

/** Shows a customer who returns from the bank the outcome of the consent. Only an active consent counts as success. */
export function ReturnedConnection({ id }: { id: string }) {
  const { data: connection } = useQuery(connectionQuery(id));
  switch (connection?.status) {
    case 'active':
      return <Connected connection={connection} />;
    case 'pending':
      return <StillPending connection={connection} />;
    case 'cancelled':
    case 'failed': {
      const Outcome = connection.isRenewal ? RenewalOutcome : ConsentOutcome;
      return <Outcome outcome={`consent_${connection.status}`} />;
    }
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

type DecoupledStep = Extract<Connection['next'], { kind: 'decoupled' }>;

/** The bank asks for the approval in its own app, from which nothing leads back: the bank is asked until it answers. */
function ApproveInApp({ connection, next }: { connection: Connection; next: DecoupledStep }) {
  const { accounts: texts } = useTexts();
  const { id, bankName } = connection;
  const queryClient = useQueryClient();
  useQuery({
    queryKey: ['connections', 'check', id],
    queryFn: async () => {
      const checked = await checkConnection(id);
      queryClient.setQueryData(connectionQuery(id).queryKey, checked);
      return checked;
    },
    refetchInterval: next.askAgainSeconds * 1_000,
    retry: false,
    gcTime: 0,
  });
  return (
    <Notice tone="info" title={texts.approveInApp(bankName)}>
      <p>{texts.approveInAppText}</p>
      {next.message !== null && (
        <p>
          {texts.bankSays} <span lang="nb">{next.message}</span>
        </p>
      )}
    </Notice>
  );
}
