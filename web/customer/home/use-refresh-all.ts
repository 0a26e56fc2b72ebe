import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Account } from '#http/contract/accounts.ts';
import { refreshAccount } from '../api/actions.ts';
import { accountsQuery } from '../api/queries.ts';
import { announce } from '../shell/announcer.tsx';
import { useHomeTexts } from '../texts/home-texts.ts';

/** The accounts that could not be read, with the first reason. */
export interface NotRefreshed {
  accounts: Account[];
  error: unknown;
}

/** Reads every balance at its bank. Those that could be read are shown although others could not. */
export function useRefreshAll(accounts: readonly Account[]) {
  const { balances } = useHomeTexts();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<NotRefreshed | undefined> => {
      const outcomes = await Promise.allSettled(accounts.map(({ id }) => refreshAccount(id)));
      const failed = outcomes.find(({ status }) => status === 'rejected') as
        PromiseRejectedResult | undefined;
      if (failed === undefined) return undefined;
      const missing = accounts.filter((_, index) => outcomes[index]?.status === 'rejected');
      return { accounts: missing, error: failed.reason };
    },
    onSuccess: async (missing) => {
      if (missing?.accounts.length !== accounts.length)
        await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
      if (!missing) announce(balances.refreshed);
    },
  });
}
