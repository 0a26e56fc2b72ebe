import { useEffect, useRef, type RefObject } from 'react';

/** Whether the screen is still open, for an answer that comes late: it must not lead a customer away from another. */
export function useIsHere(): RefObject<boolean> {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return isHere;
}
