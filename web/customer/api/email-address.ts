import { queryOptions } from '@tanstack/react-query';
import type { EmailAddress } from '#http/contract/email-address.ts';
import type { ChangedSettings, Settings } from '#http/contract/settings.ts';
import { request } from '#kit/api/client.ts';

const path = '/api/email-address';

export const emailAddressQuery = queryOptions({
  queryKey: ['email-address'],
  queryFn: () => request<EmailAddress>(path),
});

export function setEmailAddress(address: string): Promise<EmailAddress> {
  return request(path, { method: 'PUT', body: { address } });
}

export function resendEmailLink(): Promise<EmailAddress> {
  return request(`${path}/resend`, { method: 'POST' });
}

export function removeEmailAddress(): Promise<EmailAddress> {
  return request(path, { method: 'DELETE' });
}

/** The customer is not asked for an address again. */
export function declineEmailAddress(): Promise<EmailAddress> {
  return request(`${path}/decline`, { method: 'POST' });
}

/** `token` is that of the link in the mail. */
export function verifyEmailAddress(token: string): Promise<EmailAddress> {
  return request(`${path}/verification`, { method: 'POST', body: { token } });
}

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => request<Settings>('/api/settings'),
});

/** What is absent stays as it is. */
export function changeSettings(changed: ChangedSettings): Promise<Settings> {
  return request('/api/settings', { method: 'PUT', body: changed });
}
