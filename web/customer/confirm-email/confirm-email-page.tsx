import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { isRefusal, problemOf } from '#kit/api/problem.ts';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { Notice } from '#kit/parts/notice.tsx';
import { emailAddressQuery, verifyEmailAddress } from '../api/email-address.ts';
import { forgetEmailLink, useEmailLink } from '../shell/email-link.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';

/** Where the link in the mail leads: it verifies the address for the customer who is signed in. */
export function ConfirmEmailPage() {
  const { confirm } = useSettingsTexts();
  const token = useEmailLink();
  const verify = useVerify();
  const { mutate } = verify;
  useEffect(() => {
    if (token !== undefined) mutate(token);
  }, [token, mutate]);
  const isWorking = verify.isPending || (token !== undefined && verify.isIdle);
  return (
    <Page title={confirm.title} width="form">
      {isWorking ? (
        <div role="status" aria-label={confirm.working}>
          <LoadingRows rows={1} height={140} />
        </div>
      ) : (
        <Outcome error={verify.error} onRetry={() => token !== undefined && mutate(token)} />
      )}
    </Page>
  );
}

/** Keeps the token only while another attempt with it can have another outcome. */
function useVerify() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: verifyEmailAddress,
    meta: { isAutomatic: true },
    onSuccess: (state) => {
      forgetEmailLink();
      queryClient.setQueryData(emailAddressQuery.queryKey, state);
    },
    onError: (error) => {
      if (isRefusal(error) && problemOf(error)?.code !== 'not_signed_in') forgetEmailLink();
    },
  });
}

function Outcome({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { confirm } = useSettingsTexts();
  const code = problemOf(error)?.code;
  if (code === 'email_link_unknown')
    return <Words tone="warning" title={confirm.unknownTitle} text={confirm.unknownText} />;
  if (code === 'email_link_expired')
    return <Words tone="warning" title={confirm.expiredTitle} text={confirm.expiredText} />;
  if (error && code !== 'email_link_used') return <ProblemAlert error={error} onRetry={onRetry} />;
  return <State isUsed={code === 'email_link_used'} />;
}

/** The state of the address after the link, or without one. */
function State({ isUsed }: { isUsed: boolean }) {
  const { confirm } = useSettingsTexts();
  const email = useQuery(emailAddressQuery);
  if (email.isPending) return <LoadingRows rows={1} height={140} />;
  if (email.isError) return <ProblemAlert error={email.error} onRetry={() => void email.refetch()} />;
  const { address, pendingAddress } = email.data;
  if (address !== null && pendingAddress === null)
    return (
      <Words tone="success" title={confirm.doneTitle} text={confirm.done(address)}>
        <Link to="/" className="ds-button">
          {confirm.home}
        </Link>
      </Words>
    );
  if (isUsed) return <Words tone="info" title={confirm.usedTitle} text={confirm.usedText} />;
  return <Words tone="info" title={confirm.noneTitle} text={confirm.noneText} />;
}

interface WordsProps {
  tone: 'success' | 'info' | 'warning';
  title: string;
  text: string;
  children?: ReactNode;
}

function Words({ tone, title, text, children }: WordsProps) {
  const { confirm } = useSettingsTexts();
  return (
    <>
      <Notice tone={tone} title={title} takesFocus>
        <p>{text}</p>
      </Notice>
      <div className="actions">
        {children}
        <Link to="/profile" className="ds-button" data-variant="secondary" data-color="neutral">
          {confirm.settings}
        </Link>
      </div>
    </>
  );
}
