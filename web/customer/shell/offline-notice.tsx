import { useLocation } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { useOnline } from '#kit/api/online.ts';
import { useTexts } from '../texts/texts.ts';
import { tellRefused, useRefused } from './refused-store.ts';
import './offline-notice.css';

/**
 * Says on every screen that the browser has no network, and on the screen of a tap that had no effect also that. The
 * empty element stays, so that the text is announced.
 */
export function OfflineNotice() {
  const { offline, shell } = useTexts();
  const online = useOnline();
  const refused = useRefused();
  const href = useLocation({ select: (location) => location.href });
  useLayoutEffect(() => () => tellRefused(undefined), [href]);
  const text = online
    ? refused && refused.kind !== 'notSent' && shell.refused[refused.kind]
    : offline[refused?.kind ?? 'text'];
  return (
    <div role="status" className="offline" data-testid="offline">
      {text && <p key={refused?.number}>{text}</p>}
    </div>
  );
}
