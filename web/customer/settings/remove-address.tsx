import { Button } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { removeEmailAddress } from '../api/email-address.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useShowEmail } from './show-email.ts';

export function RemoveAddress() {
  const { email: texts } = useSettingsTexts();
  const show = useShowEmail();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: removeEmailAddress,
    onSuccess: (state) => {
      setAsking(false);
      announce(texts.removed);
      show(state);
    },
  });
  return (
    <>
      <Button variant="tertiary" data-color="danger" onClick={() => setAsking(true)}>
        {texts.remove}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.removeTitle}
        confirm={texts.removeConfirm}
        keep={texts.cancel}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p>{texts.removeText}</p>
        {remove.isError && <ProblemAlert error={remove.error} onRetry={() => remove.mutate()} />}
      </ConfirmDialog>
    </>
  );
}
