import { useEffect, useRef, useState } from 'react';

/** How long a figure takes to its next value. */
const countMs = 800;

const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The figure on its way from the value before to this one, quick at first; at once where motion is reduced. */
export function useCounted(value: number | undefined): number | undefined {
  const [shown, setShown] = useState(value);
  const present = useRef(value);
  useEffect(() => {
    const from = present.current;
    present.current = value;
    if (from === undefined || value === undefined || from === value || isCalm()) {
      setShown(value);
      return undefined;
    }
    const beginning = performance.now();
    let frame = 0;
    const step = (at: number) => {
      const left = Math.max(0, 1 - (at - beginning) / countMs);
      setShown(Math.round(value + (from - value) * left ** 3));
      if (left > 0) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [value]);
  return shown;
}
