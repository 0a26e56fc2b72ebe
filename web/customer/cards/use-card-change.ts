import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Card } from '#http/contract/cards.ts';
import { announce } from '../shell/announcer.tsx';

interface CardChange<Given, Answer> {
  change: (given: Given) => Promise<Answer>;
  /** What screen readers are told. */
  said: (answer: Answer) => string;
  /** Called once every card was read again. */
  onDone?: (answer: Answer) => void;
}

/** Changes a card, and reads the cards again, also after a failure: it may have changed elsewhere. */
export function useCardChange<Given = void, Answer = Card>({
  change,
  said,
  onDone,
}: CardChange<Given, Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => announce(said(answer)),
    onSettled: async (answer) => {
      await queryClient.invalidateQueries({ queryKey: ['cards'] });
      if (answer !== undefined) onDone?.(answer);
    },
  });
}
