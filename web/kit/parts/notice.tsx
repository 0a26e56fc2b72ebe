import { Alert } from '@digdir/designsystemet-react';
import { useEffect, useRef, type ReactNode } from 'react';

interface NoticeProps {
  tone: 'info' | 'success' | 'warning' | 'danger';
  title: string;
  /** Whether the notice takes the focus, because the control that caused it is gone. */
  takesFocus?: boolean;
  children?: ReactNode;
}

/** A message with a heading. It is not announced to screen readers by itself, unless it takes the focus. */
export function Notice({ tone, title, takesFocus = false, children }: NoticeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takesFocus) return undefined;
    /* A dialog that closes in the same moment gives the focus back to its button, so this comes after it. */
    const frame = requestAnimationFrame(() => heading.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [takesFocus]);
  return (
    <Alert data-color={tone} className="notice">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </Alert>
  );
}
