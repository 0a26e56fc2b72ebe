import { queryOptions } from '@tanstack/react-query';
import type { Bank, Connection } from '#http/contract/banks.ts';
import type { Device } from '#http/contract/devices.ts';
import type { KycState } from '#http/contract/kyc.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { Me } from '#http/contract/session.ts';
import type { App } from '#http/contract/system.ts';
import { isFinal } from '#domain/payment/status.ts';
import { request, requestFor } from '#kit/api/client.ts';
import { valueInPage } from '#kit/api/in-page.ts';
import { problemOf } from '#kit/api/problem.ts';
import { listAccounts } from './actions.ts';
import { noteCustomer } from './shown-customer.ts';

/** Polling intervals in milliseconds, for when the stream of changes does not get through. */
const paymentPollMs = 10_000;
const kycPollMs = 5_000;
const connectionPollMs = 5_000;

export const appQuery = queryOptions({
  queryKey: ['app'],
  queryFn: () => request<App>('/api/app'),
  /* The page brings it, so that the banner does not push the screen down when the answer comes. */
  placeholderData: () => valueInPage(document, 'drop-app') as App | undefined,
  staleTime: Infinity,
});

/** The signed-in customer; null for a visitor. Fails when the customer whom the page shows is no longer signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ client, queryKey }): Promise<Me | null> => {
    const isShown = Boolean(client.getQueryData(queryKey));
    if (!isShown) requestFor(undefined);
    try {
      const me = await request<Me>('/api/me');
      noteCustomer(me.id);
      return me;
    } catch (error) {
      if (!isShown && problemOf(error)?.code === 'not_signed_in') return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const kycQuery = queryOptions({
  queryKey: ['kyc'],
  queryFn: () => request<KycState>('/api/kyc/status'),
  refetchInterval: ({ state }) =>
    state.data?.kycStatus === 'pending' || state.data?.kycStatus === 'queued' ? kycPollMs : false,
});

export const banksQuery = queryOptions({
  queryKey: ['banks'],
  queryFn: async () => (await request<{ banks: Bank[] }>('/api/banks')).banks,
  staleTime: 300_000,
});

/** The bank at which a consent can be renewed; none where the bank is not offered now. */
export const renewalBankQuery = (id: string) =>
  queryOptions({
    queryKey: ['renewal-bank', id],
    queryFn: async () =>
      (await request<{ banks: Bank[] }>(`/api/banks?renews=${encodeURIComponent(id)}`)).banks,
    staleTime: 300_000,
  });

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: async () => (await request<{ connections: Connection[] }>('/api/bank-connections')).connections,
});

/** One consent, including a pending or failed one, which the list leaves out. */
export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['connections', 'one', id],
    queryFn: () => request<Connection>(`/api/bank-connections/${encodeURIComponent(id)}`),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? connectionPollMs : false),
  });

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: listAccounts,
});

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async () => (await request<{ devices: Device[] }>('/api/devices')).devices,
  staleTime: 0,
});

/** Checks the session. If it has ended, the query fails and the app opens the sign-in screen. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => request<Me>('/api/me'),
  staleTime: 0,
  gcTime: 0,
});

export const paymentsQuery = queryOptions({
  queryKey: ['payments', 'list'],
  queryFn: async () => (await request<{ payments: Payment[] }>('/api/payments')).payments,
});

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['payments', 'one', id],
    queryFn: () => request<Payment>(`/api/payments/${encodeURIComponent(id)}`),
    refetchInterval: ({ state: { data } }) =>
      data && (data.isContradicted || !isFinal(data.status)) ? paymentPollMs : false,
  });
