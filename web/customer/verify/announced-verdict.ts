import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { KycState } from '#http/contract/kyc.ts';
import { meQuery } from '../api/queries.ts';
import { useVerifyTexts } from '../texts/verify-texts.ts';
import { announce } from '../shell/announcer.tsx';
import { verdictOf } from './verdict.ts';

/**
 * Announces each new answer once, and refreshes the customer's status in the rest of the app. An opened check, which is
 * unfinished until it is sent in, is no answer.
 */
export function useAnnouncedVerdict(kyc: KycState | undefined): void {
  const verify = useVerifyTexts();
  const queryClient = useQueryClient();
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!kyc) return;
    const verdict = verdictOf(kyc);
    const before = told.current;
    told.current = verdict;
    if (before === undefined || before === verdict) return;
    if (verdict !== 'none' && verdict !== 'unfinished') announce(verify[`${verdict}Title`]);
    void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [kyc, verify, queryClient]);
}
