import { Alert } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  tone: 'info' | 'success' | 'warning' | 'danger';
  title: string;
  children?: ReactNode;
}

/** A message that belongs to the screen as it opened. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <Alert data-color={tone} className="notice">
      <h2>{title}</h2>
      {children}
    </Alert>
  );
}
