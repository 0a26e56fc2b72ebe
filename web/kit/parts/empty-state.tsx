import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** Shown in place of an empty list, with an action that fills it. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="surface empty">
      <span className="empty-icon">{icon}</span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}
