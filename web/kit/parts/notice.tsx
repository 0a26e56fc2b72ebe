import { Alert } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  tone: 'info' | 'success' | 'warning' | 'danger';
  title: string;
  children?: ReactNode;
}

/** A message with a heading. It is not announced to screen readers by itself. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <Alert data-color={tone} className="notice">
      <h2>{title}</h2>
      {children}
    </Alert>
  );
}
