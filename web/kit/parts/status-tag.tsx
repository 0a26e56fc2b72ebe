import { Tag } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

interface StatusTagProps {
  tone: Tone;
  icon?: ReactNode;
  children: string;
}

/** A status in one or two words. The word carries the meaning; colour and icon only help. */
export function StatusTag({ tone, icon, children }: StatusTagProps) {
  return (
    <Tag data-color={tone} className="status-tag">
      {icon}
      {children}
    </Tag>
  );
}
