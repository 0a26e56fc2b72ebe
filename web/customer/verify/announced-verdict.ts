import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { KycState } from '#http/contract/kyc.ts';
import { meQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { verdictOf } from './verdict.ts';

/** Tells of each change of the verdict, once, and has the rest of the app know of it. */
export function useAnnouncedVerdict(kyc: KycState | undefined): void {
  const { verify } = useTexts();
  const queryClient = useQueryClient();
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!kyc) return;
    const verdict = verdictOf(kyc);
    const before = told.current;
    told.current = verdict;
    if (before === undefined || before === verdict) return;
    if (verdict !== 'none') announce(verify[`${verdict}Title`]);
    void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [kyc, verify, queryClient]);
}
