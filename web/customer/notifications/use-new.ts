import { useState } from 'react';
import type { Notification } from '#http/contract/notifications.ts';

/** The ids that were unread when this visit first showed them. They stay marked as new when they have been read. */
export function useNew(shown: Notification[]): ReadonlySet<string> {
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const added = shown.filter(({ id, isRead }) => !isRead && !known.has(id));
  if (added.length > 0) setKnown(new Set([...known, ...added.map(({ id }) => id)]));
  return known;
}
