import { Button, Dialog } from '@digdir/designsystemet-react';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useFormat } from '#kit/locale/format.ts';
import { signOut } from '../api/actions.ts';
import { sessionQuery } from '../api/queries.ts';
import { useIdleTexts } from '../texts/idle-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { useLeaving } from './leaving.ts';

/** Asks whether the customer stays signed in. A question to the server keeps the session there from lying idle. */
export function IdleDialog({ endsAt, onStay }: { endsAt: number; onStay: () => void }) {
  const texts = useIdleTexts();
  const format = useFormat();
  const queryClient = useQueryClient();
  const { shell } = useTexts();
  const leave = useLeaving(signOut);
  const titleId = useId();
  const stay = () => {
    onStay();
    void queryClient.prefetchQuery(sessionQuery);
  };
  return (
    <Dialog
      open
      role="alertdialog"
      onClose={stay}
      closeButton={false}
      aria-labelledby={titleId}
      className="confirm"
    >
      <h2 id={titleId}>{texts.title}</h2>
      <p>{texts.text(format.time(new Date(endsAt).toISOString()))}</p>
      <p>{texts.draft}</p>
      {leave.isError && <p role="alert">{shell.refused.signOut}</p>}
      <div className="actions">
        <Button onClick={stay}>{texts.stay}</Button>
        <Button
          variant="secondary"
          data-color="neutral"
          loading={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {texts.leave}
        </Button>
      </div>
    </Dialog>
  );
}
