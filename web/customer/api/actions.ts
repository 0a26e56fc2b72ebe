import type { Account } from '#http/contract/accounts.ts';
import type { Connection, StartedConnection } from '#http/contract/banks.ts';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import type { CancelledPayment, NewPayment, Payment, StartedPayment } from '#http/contract/payments.ts';
import { request } from '#kit/api/client.ts';

export function signOut(): Promise<void> {
  return request('/api/auth/logout', { method: 'POST' });
}

/** Ends the session of a customer who was inactive. The draft of a payment stays for the next sign-in. */
export function signOutIdle(): Promise<void> {
  return request('/api/auth/logout?reason=idle', { method: 'POST' });
}

export function signOutEverywhere(): Promise<void> {
  return request('/api/auth/logout-everywhere', { method: 'POST' });
}

export function endDevice(id: string): Promise<void> {
  return request(`/api/devices/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Creates or finds the applicant, and returns the token that opens Sumsub's WebSDK. */
export async function initiateKyc(): Promise<string> {
  return (await request<{ token: string }>('/api/kyc/initiate')).token;
}

/** At a bank, or at the bank of a consent that the new one takes the place of. */
export function connectBank(at: { bankId: string } | { renews: string }): Promise<StartedConnection> {
  return request('/api/bank-connections', { method: 'POST', body: at, headers: freshKey() });
}

/** Asks the bank about a consent that is approved in its app. */
export function checkConnection(id: string): Promise<Connection> {
  return request(`/api/bank-connections/${encodeURIComponent(id)}/check`, {
    method: 'POST',
    headers: freshKey(),
  });
}

export function revokeConnection(id: string): Promise<void> {
  return request(`/api/bank-connections/${encodeURIComponent(id)}`, {
    method: 'DELETE',
    headers: freshKey(),
  });
}

export async function listAccounts(): Promise<Account[]> {
  return (await request<{ accounts: Account[] }>('/api/accounts')).accounts;
}

export function refreshAccount(id: string): Promise<unknown> {
  return request(`/api/accounts/${encodeURIComponent(id)}/refresh`, { method: 'POST', headers: freshKey() });
}

/** `idempotencyKey` must be the same for every attempt with one completed form, so that it creates one payment only. */
export function createPayment(payment: NewPayment, idempotencyKey: string): Promise<StartedPayment> {
  return request('/api/payments', {
    method: 'POST',
    body: payment,
    headers: { 'Idempotency-Key': idempotencyKey },
  });
}

/** Puts a payment aside that waits for approval and that cannot be cancelled. */
export function dismissPayment(id: string): Promise<Payment> {
  return request(`/api/payments/${encodeURIComponent(id)}/dismiss`, { method: 'POST', headers: freshKey() });
}

/** The payment that the customer has begun to fill in; null without one. */
export async function readDraft(): Promise<PaymentDraft | null> {
  return (await request<{ draft: PaymentDraft | null }>('/api/payment-draft')).draft;
}

/** `keepalive`: the customer is leaving the page. */
export function saveDraft(draft: PaymentDraft, { keepalive = false } = {}): Promise<void> {
  return request('/api/payment-draft', { method: 'PUT', body: draft, keepalive });
}

export function discardDraft(): Promise<void> {
  return request('/api/payment-draft', { method: 'DELETE' });
}

export function cancelPayment(id: string): Promise<CancelledPayment> {
  return request(`/api/payments/${encodeURIComponent(id)}/cancel`, { method: 'POST', headers: freshKey() });
}

function freshKey(): Record<string, string> {
  return { 'Idempotency-Key': crypto.randomUUID() };
}
