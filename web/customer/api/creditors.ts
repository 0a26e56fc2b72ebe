import { queryOptions } from '@tanstack/react-query';
import type { Creditors, NewCreditor, SavedCreditor } from '#http/contract/creditors.ts';
import { request } from '#kit/api/client.ts';

export const creditorsQuery = queryOptions({
  queryKey: ['creditors'],
  queryFn: () => request<Creditors>('/api/creditors'),
});

export function saveCreditor(creditor: NewCreditor): Promise<SavedCreditor> {
  return request('/api/creditors', { method: 'POST', body: creditor });
}

export function renameCreditor(id: string, label: string): Promise<SavedCreditor> {
  return request(`/api/creditors/${encodeURIComponent(id)}`, { method: 'PUT', body: { label } });
}

export function removeCreditor(id: string): Promise<void> {
  return request(`/api/creditors/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
