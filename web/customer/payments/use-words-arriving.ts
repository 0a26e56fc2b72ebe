import { useEffect, useRef } from 'react';

/** After the drop has arrived (`payment-rail-motion.css`). */
const delayMs = 380;
const arrivingMs = 320;

/** The element whose new words come in with the drop each time `words` change; at once where motion is reduced. */
export function useWordsArriving<Words extends HTMLElement>(words: string) {
  const element = useRef<Words>(null);
  const present = useRef(words);
  useEffect(() => {
    if (present.current === words) return;
    present.current = words;
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    element.current?.animate(
      [
        { opacity: 0, translate: '0 0.5rem' },
        { opacity: 1, translate: '0 0' },
      ],
      {
        ...{ delay: delayMs, duration: arrivingMs },
        ...{ easing: 'ease-out', fill: 'backwards' },
      },
    );
  }, [words]);
  return element;
}
