import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { signOutEverywhere } from '../api/actions.ts';
import { useDevicesTexts } from '../texts/devices-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { useLeaving } from '../shell/leaving.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';

export function SignOutEverywhere() {
  const texts = useDevicesTexts();
  const { shell } = useTexts();
  const [asking, setAsking] = useState(false);
  const leave = useLeaving(signOutEverywhere);
  return (
    <>
      <Button data-color="danger" variant="secondary" onClick={() => setAsking(true)}>
        {texts.endAll}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.endAllTitle}
        confirm={texts.endAllConfirm}
        keep={shell.cancel}
        busy={leave.isPending}
        onConfirm={() => leave.mutate()}
      >
        <p>{texts.endAllText}</p>
        <p>{texts.endAllKeeps}</p>
        {leave.isError && <ProblemAlert error={leave.error} onRetry={() => leave.mutate()} />}
      </ConfirmDialog>
    </>
  );
}
