import { Button } from '@digdir/designsystemet-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { OpenedCard } from '#http/contract/cards.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { cancelCard } from '../api/cards.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { ReplaceCard } from './replace-card.tsx';
import { useCardChange } from './use-card-change.ts';

/** Replaces a card, or cancels it for good. */
export function EndCard({ card }: { card: OpenedCard }) {
  const { replace: texts } = useCardsTexts();
  return (
    <section className="surface stack" aria-labelledby="card-end">
      <h2 id="card-end">{texts.title}</h2>
      <p className="quiet">{texts.text}</p>
      <div className="actions">
        <ReplaceCard card={card} />
        <CancelCard card={card} />
      </div>
    </section>
  );
}

function CancelCard({ card }: { card: OpenedCard }) {
  const { cancel: texts } = useCardsTexts();
  const { shell } = useTexts();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const cancel = useCardChange({
    change: () => cancelCard(card.id),
    said: () => texts.done,
    onDone: () => void navigate({ to: '/cards' }),
  });
  return (
    <>
      <Button variant="tertiary" data-color="danger" onClick={() => setAsking(true)}>
        {texts.action}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.dialog}
        confirm={texts.confirm}
        keep={shell.cancel}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      >
        <p>{texts.text}</p>
        {cancel.isError && <ProblemAlert error={cancel.error} />}
      </ConfirmDialog>
    </>
  );
}
