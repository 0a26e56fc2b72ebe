import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KycState } from '#http/contract/kyc.ts';
import { initiateKyc } from '../api/actions.ts';
import { appQuery, kycQuery, meQuery } from '../api/queries.ts';
import { problemOf } from '#kit/api/problem.ts';
import { useVerifyTexts } from '../texts/verify-texts.ts';
import { Page } from '../shell/page.tsx';
import { TaskSteps } from '../task/task-steps.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useAnnouncedVerdict } from './announced-verdict.ts';
import { VerifyIntroduction } from './verify-introduction.tsx';
import { VerifyStatus } from './verify-status.tsx';
import { VerifyUnavailable } from './verify-unavailable.tsx';
import { WebSdkFrame } from './web-sdk-frame.tsx';
import './verify.css';

/** The phase of this screen. The verdict itself comes from the server. */
type Phase =
  | { name: 'status' }
  | { name: 'checking'; token: string }
  /** Submitted. `before` is the verdict before it, which the server still gives until it has a new one. */
  | { name: 'submitted'; before: KycState | undefined }
  | { name: 'unavailable' };

export function VerifyPage() {
  const verify = useVerifyTexts();
  const kyc = useQuery(kycQuery);
  const [phase, setPhase] = useState<Phase>({ name: 'status' });
  useAnnouncedVerdict(kyc.data);
  const start = useStart(kyc.data, setPhase);
  const unavailable = phase.name === 'unavailable' || problemOf(kyc.error)?.code === 'kyc_unavailable';
  return (
    <Page title={verify.title} width="form" above={<TaskSteps task="verify" at={stepAt(kyc.data, phase)} />}>
      {unavailable ? (
        <VerifyUnavailable busy={start.isPending} onRetry={() => start.mutate()} />
      ) : (
        <>
          {kyc.isPending && <LoadingRows rows={2} height={140} />}
          {kyc.isError && <ProblemAlert error={kyc.error} onRetry={() => void kyc.refetch()} />}
          {start.isError && <ProblemAlert error={start.error} onRetry={() => start.mutate()} />}
          {kyc.data && <Steps kyc={kyc.data} phase={phase} setPhase={setPhase} start={start} />}
        </>
      )}
    </Page>
  );
}

function stepAt(kyc: KycState | undefined, { name }: Phase): 1 | 2 | 3 {
  if (name === 'checking' && kyc?.kycStatus !== 'approved') return 2;
  return name === 'submitted' || (kyc && kyc.kycStatus !== 'none') ? 3 : 1;
}

interface StepsProps {
  kyc: KycState;
  phase: Phase;
  setPhase: (phase: Phase) => void;
  start: { isPending: boolean; mutate: () => void };
}

function Steps({ kyc, phase, setPhase, start }: StepsProps) {
  const queryClient = useQueryClient();
  const { data: app } = useQuery(appQuery);
  // An approval counts even if it arrived before the frame reported the submission.
  const submitted =
    phase.name === 'submitted' && kyc.kycStatus !== 'approved' && sameVerdict(phase.before, kyc);
  const onSubmitted = () => {
    setPhase({ name: 'submitted', before: kyc });
    void queryClient.invalidateQueries({ queryKey: kycQuery.queryKey });
    void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  if (phase.name === 'checking' && app?.webSdk && kyc.kycStatus !== 'approved') {
    return (
      <WebSdkFrame
        scriptUrl={app.webSdk.scriptUrl}
        baseUrl={app.environment === 'sandbox' ? app.webSdk.baseUrl : undefined}
        token={phase.token}
        onSubmitted={onSubmitted}
        onFailed={() => setPhase({ name: 'unavailable' })}
      />
    );
  }
  if (kyc.kycStatus === 'none' && !submitted) {
    return <VerifyIntroduction busy={start.isPending} onStart={() => start.mutate()} />;
  }
  return (
    <VerifyStatus kyc={kyc} submitted={submitted} busy={start.isPending} onStart={() => start.mutate()} />
  );
}

/** Gets a token and opens the check. Mock mode has no check to open, so the screen waits for the verdict. */
function useStart(kyc: KycState | undefined, setPhase: (phase: Phase) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const app = await queryClient.ensureQueryData(appQuery);
      return { token: await initiateKyc(), hasWebSdk: app.webSdk !== null };
    },
    onSuccess: async ({ token, hasWebSdk }) => {
      setPhase(hasWebSdk ? { name: 'checking', token } : { name: 'submitted', before: kyc });
      await queryClient.invalidateQueries({ queryKey: kycQuery.queryKey });
    },
    onError: (error) => {
      if (problemOf(error)?.code === 'kyc_unavailable') setPhase({ name: 'unavailable' });
    },
  });
}

function sameVerdict(before: KycState | undefined, now: KycState): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now);
}
