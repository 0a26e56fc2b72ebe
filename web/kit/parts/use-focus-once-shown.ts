import { useEffect, useReducer, useRef } from 'react';

/**
 * Moves the focus to the element of an id once React has drawn it. The next frame is too early on a busy machine:
 * the browser may come to it before React comes to the new rows.
 */
export function useFocusOnceShown(): (id: string) => void {
  const wanted = useRef<string>(undefined);
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const element = document.getElementById(wanted.current);
    if (!element) return;
    wanted.current = undefined;
    element.focus();
  });
  return (id) => {
    wanted.current = id;
    drawAgain();
  };
}
