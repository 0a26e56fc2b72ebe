import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Card } from '#http/contract/cards.ts';
import { cardsQuery, orderCard } from '../api/cards.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';

/** Orders a card of a type. A second press after a failure repeats the same order. */
export function OrderCard({ type }: { type: Card['type'] }) {
  const texts = useCardsTexts();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const order = useMutation({
    mutationFn: () => orderCard(type, idempotencyKey),
    onSuccess: async ({ id }) => {
      announce(texts.ordered);
      void queryClient.invalidateQueries({ queryKey: cardsQuery.queryKey });
      await navigate({ to: '/cards/$cardId', params: { cardId: id } });
    },
  });
  return (
    <div className="card-order">
      <Button
        variant={type === 'virtual' ? 'primary' : 'secondary'}
        loading={order.isPending}
        aria-disabled={order.isPending}
        onClick={() => !order.isPending && order.mutate()}
      >
        {texts.order[type]}
      </Button>
      {order.isError && <ProblemAlert error={order.error} />}
    </div>
  );
}
