import { Button, Dialog } from '@digdir/designsystemet-react';
import { useId, type ReactNode } from 'react';
import { useKitTexts } from '../locale/kit-texts.ts';

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  confirm: string;
  keep: string;
  busy: boolean;
  onConfirm: () => void;
  children: ReactNode;
}

/** Asks for confirmation before an action that cannot be undone. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  confirm,
  keep,
  busy,
  onConfirm,
  children,
}: ConfirmDialogProps) {
  const texts = useKitTexts();
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      closeButton={texts.close}
      aria-labelledby={titleId}
      className="confirm"
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      <div className="actions">
        <Button data-color="danger" loading={busy} aria-disabled={busy} onClick={() => !busy && onConfirm()}>
          {confirm}
        </Button>
        <Button variant="secondary" data-color="neutral" onClick={onClose}>
          {keep}
        </Button>
      </div>
    </Dialog>
  );
}
