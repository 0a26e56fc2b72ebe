import { Button, Input } from '@digdir/designsystemet-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isExpired, type ReplacementReason } from '#domain/cards/card.ts';
import type { OpenedCard } from '#http/contract/cards.ts';
import { useNow } from '#kit/locale/now.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { replaceCard } from '../api/cards.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { useCardChange } from './use-card-change.ts';
import '#kit/parts/choice.css';

/** Asks why a card is replaced, and opens the new one. */
export function ReplaceCard({ card }: { card: OpenedCard }) {
  const { replace: texts } = useCardsTexts();
  const { shell } = useTexts();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const reasons = reasonsFor(card, useNow());
  const [reason, setReason] = useState<ReplacementReason>(reasons[0]);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const replace = useCardChange({
    change: () => replaceCard(card.id, reason, key),
    said: () => texts.done,
    onDone: ({ id }) => void navigate({ to: '/cards/$cardId', params: { cardId: id } }),
  });
  const choose = (next: ReplacementReason) => {
    setReason(next);
    setKey(crypto.randomUUID());
  };
  return (
    <>
      <Button variant="secondary" onClick={() => setAsking(true)}>
        {texts.action}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.dialog}
        confirm={texts.confirm}
        keep={shell.cancel}
        busy={replace.isPending}
        onConfirm={() => replace.mutate()}
      >
        <fieldset className="card-reasons">
          <legend className="ds-label">{texts.why}</legend>
          <div className="choice">
            {reasons.map((each) => (
              <label key={each} className="choice-item" data-chosen={each === reason}>
                <Input
                  type="radio"
                  name="replacement-reason"
                  value={each}
                  checked={each === reason}
                  onChange={() => choose(each)}
                />
                {texts.reason[each]}
              </label>
            ))}
          </div>
        </fieldset>
        {replace.isError && <ProblemAlert error={replace.error} />}
      </ConfirmDialog>
    </>
  );
}

/** A virtual card is not damaged, and a valid one is not expired. */
function reasonsFor(card: OpenedCard, nowMs: number): [ReplacementReason, ...ReplacementReason[]] {
  if (isExpired(card, new Date(nowMs))) return ['expired', 'lost', 'stolen'];
  return card.type === 'physical' ? ['lost', 'stolen', 'damaged'] : ['lost', 'stolen'];
}
