import { queryOptions } from '@tanstack/react-query';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import { readDraft } from '../api/actions.ts';
import { forgetLeft, revisionUnderWay } from './draft-left.ts';
import { saveNow } from './draft-saver.ts';

const againAfterMs = 150;
const waitMsMax = 3_000;

/** The kept draft. The form takes it over when it opens. */
export const draftQuery = queryOptions({
  queryKey: ['payment-draft'],
  queryFn: readKeptDraft,
  staleTime: 0,
  gcTime: 0,
});

/** The draft at the server, after this page's own has been saved. */
export async function readKeptDraft(): Promise<PaymentDraft | null> {
  await saveNow();
  return readArrivedDraft();
}

/** Waits for the draft that the page before this one sent while it closed, and which may never arrive. */
async function readArrivedDraft(): Promise<PaymentDraft | null> {
  let draft = await readDraft();
  const waitsUntil = Date.now() + waitMsMax;
  while (isUnderWay(draft) && Date.now() < waitsUntil) {
    await new Promise((resolve) => void window.setTimeout(resolve, againAfterMs));
    draft = await readDraft();
  }
  forgetLeft();
  return draft;
}

function isUnderWay(draft: PaymentDraft | null): boolean {
  const revision = revisionUnderWay();
  return revision !== undefined && draft?.revision !== revision;
}
