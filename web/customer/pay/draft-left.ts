import { attempt } from '../shell/attempt.ts';

/** The revision of the draft that was under way to the server when the page closed, and when. No part of the draft. */
interface Left {
  revision: string;
  at: number;
}

const key = 'drop-draft-left';
/** Longer than a draft is under way to the server, and than the next page takes to ask for it on a slow phone. */
const underWayMsMax = 30_000;

/** For the next page in this tab: its question for the draft may reach the server before this draft does. */
export function rememberLeft(revision: string): void {
  const left: Left = { revision, at: Date.now() };
  attempt(() => window.sessionStorage.setItem(key, JSON.stringify(left)));
}

/** The revision that may still be under way, until it has been for too long. */
export function revisionUnderWay(): string | undefined {
  const left = attempt(() => JSON.parse(window.sessionStorage.getItem(key) ?? 'null') as Left | null);
  if (!left) return undefined;
  if (Math.abs(Date.now() - left.at) < underWayMsMax) return left.revision;
  forgetLeft();
  return undefined;
}

export function forgetLeft(): void {
  attempt(() => window.sessionStorage.removeItem(key));
}
