import { Button } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import { resendEmailLink } from '../api/email-address.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useShowEmail } from './show-email.ts';

export function SendAgain() {
  const { email: texts } = useSettingsTexts();
  const show = useShowEmail();
  const send = useMutation({
    mutationFn: resendEmailLink,
    onSuccess: (state) => {
      show(state);
      announce(texts.resent);
    },
  });
  return (
    <>
      <Button
        variant="secondary"
        data-color="neutral"
        loading={send.isPending}
        aria-disabled={send.isPending}
        onClick={() => !send.isPending && send.mutate()}
      >
        {texts.resend}
      </Button>
      {send.isSuccess && <p className="saved-note">{texts.resent}</p>}
      {send.isError && <ProblemAlert error={send.error} onRetry={() => send.mutate()} />}
    </>
  );
}
