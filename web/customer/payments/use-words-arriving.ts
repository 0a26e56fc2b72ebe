import { useEffect, useRef } from 'react';

/** After the drop has arrived (`payment-rail-motion.css`). */
const delayMs = 380;
const arrivingMs = 320;

/**
 * The element whose new words come in each time `words` change, where a payment was paid (`isPaid`) with the drop; at
 * once where motion is reduced.
 */
export function useWordsArriving<Words extends HTMLElement>(words: string, isPaid: boolean) {
  const element = useRef<Words>(null);
  const present = useRef(words);
  useEffect(() => {
    if (present.current === words) return;
    present.current = words;
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const steps = [
      { opacity: 0, translate: '0 0.5rem' },
      { opacity: 1, translate: '0 0' },
    ];
    const delay = isPaid ? delayMs : 0;
    element.current?.animate(steps, { delay, duration: arrivingMs, easing: 'ease-out', fill: 'backwards' });
  }, [words, isPaid]);
  return element;
}
