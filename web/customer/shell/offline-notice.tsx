import { useSyncExternalStore } from 'react';
import { useOnline } from '#kit/api/online.ts';
import { useTexts } from '../texts/texts.ts';
import './offline-notice.css';

let refused = 0;
const listeners = new Set<() => void>();

/** Shows that a tap had no effect because the browser has no network. */
export function tellOffline(): void {
  refused += 1;
  for (const listener of listeners) listener();
}

/** Says on every screen that the browser has no network. The empty element stays, so that the text is announced. */
export function OfflineNotice() {
  const { offline } = useTexts();
  const online = useOnline();
  const taps = useSyncExternalStore(subscribe, () => refused);
  return (
    <div role="status" className="offline" data-testid="offline">
      {!online && (
        /* A new element for each tap, so that each is announced. */
        <p key={taps}>{taps > 0 ? offline.notSent : offline.text}</p>
      )}
    </div>
  );
}

/** The taps of an earlier time without a network do not count. */
function forgetTaps(): void {
  refused = 0;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', forgetTaps);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', forgetTaps);
  };
}
