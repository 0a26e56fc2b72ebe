import type { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import type { Outbound, OutboundCall, RawResponse } from '#outbound/outbound.ts';
import type { ListReader } from '#services/listed-items.ts';
import type { OpenBankingCredentials } from '#services/open-banking/definition.ts';
import { asBankFault } from '#services/open-banking/faults.ts';
import type { PaymentKey, TransactionPeriod } from '#services/open-banking/service.ts';
import { judge, refusal } from './errors.ts';
import {
  balanceSchema,
  banksSchema,
  consentSchema,
  paymentSchema,
  startedConsentSchema,
  tokensSchema,
  transactionsSchema,
  type Tokens,
  type WireBalance,
  type WireBank,
  type WireConsent,
  type WirePayment,
  type WireTransactions,
} from './wire.ts';

export const bankTimeoutMs = 30_000;

/** How an account is read. */
export interface AccountRead {
  accessToken: string;
  bankId: string;
  /** The customer's address; without it the read is one of the four unattended ones of the day. */
  ipAddress: string | undefined;
}

/** The calls that Drop makes. All of them throw `DropError` as `errors.ts` says. */
export interface FjordPayApi {
  listBanks(): Promise<WireBank[]>;
  startConsent(body: { bank_id: string }): Promise<z.output<typeof startedConsentSchema>>;
  /** A code, a consent without one, or a refresh token, each once. */
  redeem(body: object, bankId: string): Promise<Tokens>;
  readConsent(consentId: string): Promise<WireConsent>;
  endConsent(consentId: string, bankId: string): Promise<WireConsent>;
  readBalance(accountRef: string, read: AccountRead): Promise<WireBalance>;
  /** The first page of a period, or the one that the page before named. */
  readTransactions(
    accountRef: string,
    period: TransactionPeriod & { page: string | undefined },
    read: AccountRead,
  ): Promise<WireTransactions>;
  createPayment(body: object, options: { key: string; bankId: string }): Promise<WirePayment>;
  readPayment(payment: PaymentKey): Promise<WirePayment>;
  continuePayment(payment: PaymentKey, token: string): Promise<WirePayment>;
  cancelPayment(payment: PaymentKey, token: string): Promise<WirePayment>;
}

interface ApiCall extends Pick<OutboundCall, 'method' | 'outlivesItsCause'> {
  operation: string;
  path: string;
  json?: object;
  headers?: Record<string, string>;
  bankId?: string | undefined;
  /** True unless said otherwise. */
  repeatable?: boolean;
}

interface ApiOptions {
  apiUrl: string;
  outbound: Outbound;
  credentials: OpenBankingCredentials;
  readLists: ListReader;
}

export function createApi(options: ApiOptions): FjordPayApi {
  const call = async <Schema extends z.ZodType>(schema: Schema, of: ApiCall): Promise<z.output<Schema>> => {
    const response = await send(options, of);
    return options.readLists(qualified(of.operation), () => judged(response, schema, of.operation));
  };
  const payment = ({ reference, bankId }: PaymentKey, token?: string) => ({
    path: `/v1/payments/${encodeURIComponent(reference)}`,
    bankId,
    ...(token !== undefined && { headers: { 'x-payment-token': token } }),
  });
  return {
    listBanks: () => call(banksSchema, { operation: 'list_banks', method: 'GET', path: '/v1/banks' }),
    startConsent(json) {
      const of = { operation: 'start_consent', method: 'POST', path: '/v1/consents' } as const;
      // Begun twice, one of the two is never approved and runs out.
      return call(startedConsentSchema, { ...of, json, bankId: json.bank_id });
    },
    redeem(json, bankId) {
      const of = { operation: 'redeem', method: 'POST', path: '/v1/tokens' } as const;
      return call(tokensSchema, { ...of, json, bankId, repeatable: false });
    },
    readConsent: (consentId) =>
      call(consentSchema, { operation: 'read_consent', method: 'GET', path: consentPath(consentId) }),
    endConsent(consentId, bankId) {
      const of = { operation: 'end_consent', method: 'DELETE', path: consentPath(consentId) } as const;
      return call(consentSchema, { ...of, bankId, outlivesItsCause: true });
    },
    readBalance(accountRef, read) {
      const path = `${accountPath(accountRef)}/balance`;
      return call(balanceSchema, { operation: 'read_balance', path, ...accountCall(read) });
    },
    readTransactions(accountRef, { from, to, page }, read) {
      const query = new URLSearchParams({ from, to, ...(page !== undefined && { page }) }).toString();
      const path = `${accountPath(accountRef)}/transactions?${query}`;
      return call(transactionsSchema, { operation: 'read_transactions', path, ...accountCall(read) });
    },
    createPayment(json, { key, bankId }) {
      const of = { operation: 'create_payment', method: 'POST', path: '/v1/payments' } as const;
      const headers = { 'idempotency-key': key };
      return call(paymentSchema, { ...of, json, headers, bankId, repeatable: false });
    },
    readPayment: (key) => call(paymentSchema, { operation: 'read_payment', method: 'GET', ...payment(key) }),
    continuePayment(key, token) {
      const { path, ...of } = payment(key, token);
      const continued = { ...of, path: `${path}/continue` };
      return call(paymentSchema, { operation: 'continue_payment', method: 'POST', ...continued });
    },
    cancelPayment: (key, token) =>
      call(paymentSchema, { operation: 'cancel_payment', method: 'DELETE', ...payment(key, token) }),
  };
}

const accountPath = (accountRef: string): string => `/v1/accounts/${encodeURIComponent(accountRef)}`;

/** A read without the customer is one of four, so it is not repeated. */
function accountCall({ accessToken, bankId, ipAddress }: AccountRead) {
  const present = ipAddress === undefined ? undefined : { 'x-customer-address': ipAddress };
  const headers = { 'x-consent-token': accessToken, ...present };
  return { method: 'GET', headers, bankId, repeatable: present !== undefined } as const;
}

const consentPath = (consentId: string): string => `/v1/consents/${encodeURIComponent(consentId)}`;

async function send(
  { apiUrl, outbound, credentials }: ApiOptions,
  { operation, path, json, headers, bankId, repeatable = true, ...call }: ApiCall,
): Promise<RawResponse> {
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret.reveal()}`).toString(
    'base64',
  );
  const sent: OutboundCall = {
    ...call,
    operation: qualified(operation),
    judge,
    repeatable,
    timeoutMs: bankTimeoutMs,
    url: addressUnder(apiUrl, path),
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json', ...headers },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(bankId !== undefined && { scope: bankId }),
  };
  return outbound.send(sent).catch((error: unknown) => {
    throw asBankFault(error);
  });
}

/** The fault names fields, never their values. */
function judged<Schema extends z.ZodType>(
  response: RawResponse,
  schema: Schema,
  operation: string,
): z.output<Schema> {
  const { status } = response;
  if (status < 200 || status > 299) throw refusal(response, qualified(operation));
  const parsed = schema.safeParse(response.json());
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new DropError('provider_invalid_response', {
    message: `${qualified(operation)}: not as documented: ${fields}`,
    outcome: 'unknown',
    provider: 'fjord-pay',
    operation: qualified(operation),
    httpStatus: status,
  });
}

const qualified = (operation: string): string => `fjord-pay.${operation}`;
