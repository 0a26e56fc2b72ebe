import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Connection } from '#http/contract/banks.ts';
import { useFormat } from '#kit/locale/format.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { revokeConnection } from '../api/actions.ts';
import { accountsQuery, connectionsQuery } from '../api/queries.ts';
import { consentsQuery } from './consents-query.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTexts } from '../texts/texts.ts';

interface RevokeConsentProps {
  connection: Pick<Connection, 'id' | 'bankName' | 'createdAt'>;
  /** Whether the bank has a newer consent, from which the button's name tells it. */
  isOlder: boolean;
  /** Whether the accounts are read with a newer consent, so that they stay. */
  isReplaced: boolean;
  onRevoked: (bankName: string) => void;
}

export function RevokeConsent({ connection, isOlder, isReplaced, onRevoked }: RevokeConsentProps) {
  const { accounts: texts, shell } = useTexts();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokeConnection(connection.id),
    onSuccess: async () => {
      setAsking(false);
      onRevoked(connection.bankName);
      await queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: consentsQuery.queryKey });
    },
  });
  return (
    <>
      <Button
        variant="tertiary"
        data-color="danger"
        aria-label={texts[isOlder ? 'revokeOlderOf' : 'revokeOf'](
          connection.bankName,
          format.dateTime(connection.createdAt),
        )}
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
        <p>{isReplaced ? texts.revokeReplacedText : texts.revokeText}</p>
        <p>{texts.revokeKeeps}</p>
        {revoke.isError && <ProblemAlert error={revoke.error} onRetry={() => revoke.mutate()} />}
      </ConfirmDialog>
    </>
  );
}
