import { Notice } from '#kit/parts/notice.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';

/** Says that the cards are made up, and why there are no others. */
export function TestNotice() {
  const { test } = useCardsTexts();
  return (
    <Notice tone="info" title={test.title}>
      <p>{test.text}</p>
    </Notice>
  );
}
