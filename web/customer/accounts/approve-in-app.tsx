import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Connection } from '#http/contract/banks.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { checkConnection, revokeConnection } from '../api/actions.ts';
import { connectionQuery } from '../api/queries.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTexts } from '../texts/texts.ts';

interface ApproveInAppProps {
  connection: Connection;
  next: Extract<Connection['next'], { kind: 'decoupled' }>;
}

/** The bank asks for the approval in its own app, from which nothing leads back: the bank is asked until it answers. */
export function ApproveInApp({ connection, next }: ApproveInAppProps) {
  const { accounts: texts } = useTexts();
  const { id, bankName } = connection;
  const queryClient = useQueryClient();
  const check = useQuery({
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
  const cancel = useMutation({
    mutationFn: () => revokeConnection(id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: connectionQuery(id).queryKey }),
  });
  return (
    <Notice tone="info" title={texts.approveInApp(bankName)}>
      <p>{texts.approveInAppText}</p>
      {next.message !== null && (
        <p>
          {texts.bankSays} <span lang="nb">{next.message}</span>
        </p>
      )}
      {check.isError && <p>{texts.approveInAppUnanswered}</p>}
      {cancel.isError && <ProblemAlert error={cancel.error} onRetry={() => cancel.mutate()} />}
      <Button
        variant="secondary"
        loading={cancel.isPending}
        aria-label={texts.cancelApprovalOf(bankName)}
        onClick={() => cancel.mutate()}
      >
        {texts.cancelApproval}
      </Button>
    </Notice>
  );
}
