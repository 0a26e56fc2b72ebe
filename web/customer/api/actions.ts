import type { NewPayment, Payment, StartedPayment } from '#http/contract/payments.ts';
import { request } from '#kit/api/client.ts';

export function signOut(): Promise<void> {
  return request('/api/auth/logout', { method: 'POST' });
}

export function signOutEverywhere(): Promise<void> {
  return request('/api/auth/logout-everywhere', { method: 'POST' });
}

export function endDevice(id: string): Promise<void> {
  return request(`/api/devices/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Makes the applicant, or finds it, and gives the token that opens Sumsub's WebSDK. */
export async function initiateKyc(): Promise<string> {
  return (await request<{ token: string }>('/api/kyc/initiate')).token;
}

export function connectBank(bankId: string): Promise<{ id: string; consentUrl: string }> {
  return request('/api/bank-connections', { method: 'POST', body: { bankId }, headers: freshKey() });
}

export function revokeConnection(id: string): Promise<void> {
  return request(`/api/bank-connections/${encodeURIComponent(id)}`, {
    method: 'DELETE',
    headers: freshKey(),
  });
}

export function refreshAccount(id: string): Promise<unknown> {
  return request(`/api/accounts/${encodeURIComponent(id)}/refresh`, { method: 'POST', headers: freshKey() });
}

/** `idempotencyKey` stays the same over every attempt at the same filled form: it is what keeps one payment one. */
export function createPayment(payment: NewPayment, idempotencyKey: string): Promise<StartedPayment> {
  return request('/api/payments', {
    method: 'POST',
    body: payment,
    headers: { 'Idempotency-Key': idempotencyKey },
  });
}

export function cancelPayment(id: string): Promise<Payment> {
  return request(`/api/payments/${encodeURIComponent(id)}/cancel`, { method: 'POST', headers: freshKey() });
}

function freshKey(): Record<string, string> {
  return { 'Idempotency-Key': crypto.randomUUID() };
}
