import { queryOptions } from '@tanstack/react-query';
import { readDraft } from '../api/actions.ts';
import { saveNow } from './draft-saver.ts';

/** The draft at the server, after this page's own has been saved. The form takes it over when it opens. */
export const draftQuery = queryOptions({
  queryKey: ['payment-draft'],
  queryFn: async () => {
    await saveNow();
    return readDraft();
  },
  staleTime: 0,
  gcTime: 0,
});
