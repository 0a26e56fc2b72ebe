import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import { Unreachable } from '#kit/api/problem.ts';
import { rememberLeft } from './draft-left.ts';
import { discardDraft, saveDraft } from '../api/actions.ts';

/** How long after the last change a draft is saved. */
const delayMs = 500;

type RevisedDraft = PaymentDraft & { revision: string };

let waiting: RevisedDraft | undefined;
let timer: number | undefined;
/** Saves go one after the other, so that the last one wins. */
let saving: Promise<void> = Promise.resolve();

/** Saves the draft soon, in the place of one that still waits. */
export function saveSoon(draft: PaymentDraft): void {
  waiting = { ...draft, revision: crypto.randomUUID() };
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void saveNow(), delayMs);
}

/** Saves what waits. Resolves when every save before is done, also when one failed. */
export function saveNow(): Promise<void> {
  const draft = takeWaiting();
  if (draft !== undefined) saving = saving.then(() => saveDraft(draft)).catch((error) => keep(draft, error));
  return saving;
}

/** Saves what waits while the customer closes the page. */
export function saveOnLeaving(): void {
  const draft = takeWaiting();
  if (draft === undefined) return;
  rememberLeft(draft.revision);
  saveDraft(draft, { keepalive: true }).catch((error) => keep(draft, error));
}

/** Discards the draft here and at the server. */
export function discardKept(): Promise<void> {
  takeWaiting();
  saving = saving.then(discardDraft);
  const discarded = saving;
  saving = saving.catch(() => undefined);
  return discarded;
}

/** A draft that did not arrive is saved with the next chance. A refused one is not. */
function keep(draft: RevisedDraft, error: unknown): void {
  if (error instanceof Unreachable) waiting ??= draft;
}

function takeWaiting(): RevisedDraft | undefined {
  window.clearTimeout(timer);
  const draft = waiting;
  waiting = undefined;
  return draft;
}
