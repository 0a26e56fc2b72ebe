import { Button } from '@digdir/designsystemet-react';
import type { OpenedCard } from '#http/contract/cards.ts';
import { changeCard } from '../api/cards.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { cardState } from './card-state.ts';
import { useCardChange } from './use-card-change.ts';

/** Freezes a card, makes it usable again, or activates one that has arrived. */
export function CardUse({ card }: { card: OpenedCard }) {
  const { use: texts } = useCardsTexts();
  const state = cardState(card);
  const isActive = state === 'active';
  const change = useCardChange({
    change: () => changeCard(card.id, { status: isActive ? 'inactive' : 'active' }),
    said: ({ status }) => (status === 'active' ? texts.isActive : texts.isFrozen),
  });
  if (state === 'canceled') return null;
  const action = isActive ? texts.freeze : state === 'waiting' ? texts.activate : texts.thaw;
  return (
    <section className="surface stack" aria-labelledby="card-use">
      <h2 id="card-use">{texts.title}</h2>
      <p className="quiet">{texts[state]}</p>
      {change.isError && <ProblemAlert error={change.error} />}
      <Button
        variant={isActive ? 'secondary' : 'primary'}
        loading={change.isPending}
        aria-disabled={change.isPending}
        onClick={() => !change.isPending && change.mutate()}
      >
        {action}
      </Button>
    </section>
  );
}
