import { queryOptions } from '@tanstack/react-query';
import type {
  Card,
  CardAuthorization,
  Cards,
  ChangedCard,
  NewTestPurchase,
  OpenedCard,
} from '#http/contract/cards.ts';
import { request } from '#kit/api/client.ts';

export const cardsQuery = queryOptions({
  queryKey: ['cards', 'list'],
  queryFn: () => request<Cards>('/api/cards'),
});

export const cardQuery = (id: string) =>
  queryOptions({
    queryKey: ['cards', 'one', id],
    queryFn: () => request<OpenedCard>(pathOf(id)),
  });

/** A request that is sent again with the same key has no further effect. */
export function orderCard(type: Card['type'], idempotencyKey: string): Promise<Card> {
  return request('/api/cards', { method: 'POST', body: { type }, headers: keyed(idempotencyKey) });
}

export function changeCard(id: string, change: ChangedCard): Promise<Card> {
  return request(pathOf(id), { method: 'PUT', body: change });
}

export function cancelCard(id: string): Promise<Card> {
  return request(`${pathOf(id)}/cancel`, { method: 'POST', body: {} });
}

export function replaceCard(id: string, reason: string, idempotencyKey: string): Promise<Card> {
  const options = { body: { reason }, headers: keyed(idempotencyKey) };
  return request(`${pathOf(id)}/replacement`, { method: 'POST', ...options });
}

export function tryPurchase(
  id: string,
  purchase: NewTestPurchase,
  idempotencyKey: string,
): Promise<CardAuthorization> {
  const options = { body: purchase, headers: keyed(idempotencyKey) };
  return request(`${pathOf(id)}/test-purchases`, { method: 'POST', ...options });
}

const pathOf = (id: string): string => `/api/cards/${encodeURIComponent(id)}`;

const keyed = (key: string): Record<string, string> => ({ 'Idempotency-Key': key });
