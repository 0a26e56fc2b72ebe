import { queryOptions } from '@tanstack/react-query';
import type { AccountClosure, DataCopy } from '#http/contract/privacy.ts';
import { request } from '#kit/api/client.ts';

const copyPath = '/api/data-copy';
const makingPollMs = 3_000;

export const dataCopyQuery = queryOptions({
  queryKey: ['data-copy'],
  queryFn: () => request<DataCopy>(copyPath),
  refetchInterval: ({ state }) => (state.data?.status === 'making' ? makingPollMs : false),
});

export function askForCopy(): Promise<DataCopy> {
  return request(copyPath, { method: 'POST' });
}

/** The server answers with the file. */
export const copyDownload = `${copyPath}/download`;

export const closureQuery = queryOptions({
  queryKey: ['account-closure'],
  queryFn: () => request<AccountClosure>('/api/account-closure'),
});

/** `confirmation` is the word that the customer typed. */
export function closeAccount(confirmation: string): Promise<void> {
  return request('/api/account-closure', { method: 'POST', body: { confirmation } });
}
