import { Button, Dialog } from '@digdir/designsystemet-react';
import { useLocation } from '@tanstack/react-router';
import { useId } from 'react';
import { useFormat } from '#kit/locale/format.ts';
import { useIdleTexts } from '../texts/idle-texts.ts';

/** Says when the session ends, and offers a new one now. The draft of a payment is there after it, too. */
export function SessionLimitDialog({ endsAt, onSeen }: { endsAt: number; onSeen: () => void }) {
  const texts = useIdleTexts();
  const format = useFormat();
  const titleId = useId();
  const href = useLocation({ select: (location) => location.href });
  return (
    <Dialog
      open
      role="alertdialog"
      onClose={onSeen}
      closeButton={false}
      aria-labelledby={titleId}
      className="confirm"
    >
      <h2 id={titleId}>{texts.limitTitle}</h2>
      <p>{texts.limitText(format.time(new Date(endsAt).toISOString()))}</p>
      <p>{texts.draft}</p>
      <div className="actions">
        <Button onClick={onSeen}>{texts.limitStay}</Button>
        <a
          className="ds-button"
          data-variant="secondary"
          href={`/api/auth/bankid?returnTo=${encodeURIComponent(href)}`}
        >
          {texts.limitSignIn}
        </a>
      </div>
    </Dialog>
  );
}
