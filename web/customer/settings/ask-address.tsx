import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Notice } from '#kit/parts/notice.tsx';
import { declineEmailAddress, emailAddressQuery } from '../api/email-address.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { EmailForm } from './email-form.tsx';
import { useShowEmail } from './show-email.ts';
import './settings.css';

/** Asks a new customer once for an e-mail address, below all else. A failure to read the state asks nothing. */
export function AskAddress() {
  const { ask, email: texts } = useSettingsTexts();
  const email = useQuery(emailAddressQuery);
  const [sentTo, setSentTo] = useState<string>();
  const decline = useDecline();
  if (sentTo !== undefined)
    return (
      <Notice tone="success" title={ask.sentTitle} takesFocus>
        <p>
          {texts.sent(sentTo)} {texts.open}
        </p>
      </Notice>
    );
  if (!email.data?.shouldAsk) return null;
  return (
    <section className="surface stack ask-address" aria-labelledby="ask-address">
      <h2 id="ask-address">{ask.title}</h2>
      <p>{ask.text}</p>
      <EmailForm onSaved={({ pendingAddress }) => setSentTo(pendingAddress ?? undefined)}>
        <Button
          variant="tertiary"
          data-color="neutral"
          loading={decline.isPending}
          aria-disabled={decline.isPending}
          onClick={() => !decline.isPending && decline.mutate()}
        >
          {ask.later}
        </Button>
      </EmailForm>
      {decline.isError && <ProblemAlert error={decline.error} onRetry={() => decline.mutate()} />}
      <p className="quiet">{ask.laterHint}</p>
    </section>
  );
}

function useDecline() {
  const { ask } = useSettingsTexts();
  const show = useShowEmail();
  return useMutation({
    mutationFn: declineEmailAddress,
    onSuccess: (state) => {
      show(state);
      announce(ask.laterHint);
      /* The pressed button is gone with the question. */
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    },
  });
}
