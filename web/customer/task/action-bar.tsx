import type { ReactNode } from 'react';
import './task.css';

interface ActionBarProps {
  /** The amount of the payment, in words of the screen; hidden where the bar is part of the page. */
  amount?: string | undefined;
  /** The one button of the step. */
  children: ReactNode;
}

/** The step's action: at the bottom edge of a phone, in the flow on a wide or a short screen. */
export function ActionBar({ amount, children }: ActionBarProps) {
  return (
    <div className="action-bar">
      {amount !== undefined && (
        <p className="action-bar-amount" aria-hidden="true">
          {amount}
        </p>
      )}
      {children}
    </div>
  );
}
