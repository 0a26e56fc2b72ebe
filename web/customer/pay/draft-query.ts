import { queryOptions } from '@tanstack/react-query';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import { readDraft } from '../api/actions.ts';
import { forgetLeft, revisionUnderWay } from './draft-left.ts';
import { saveNow } from './draft-saver.ts';

const againAfterMs = 150;

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

/** Waits for the draft that the page before this one sent while it closed. */
async function readArrivedDraft(): Promise<PaymentDraft | null> {
  const draft = await readDraft();
  const revision = revisionUnderWay();
  if (revision !== undefined && draft?.revision !== revision) {
    await new Promise((resolve) => void window.setTimeout(resolve, againAfterMs));
    return readArrivedDraft();
  }
  forgetLeft();
  return draft;
}
