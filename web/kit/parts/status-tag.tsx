import { Tag } from '@digdir/designsystemet-react';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** A status in one or two words. The word carries the meaning; the colour only helps. */
export function StatusTag({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Tag data-color={tone} className="status-tag">
      {children}
    </Tag>
  );
}
