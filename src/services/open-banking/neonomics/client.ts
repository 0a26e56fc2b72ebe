import type { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import type { Outbound, OutboundCall, RawResponse } from '#outbound/outbound.ts';
import { faultyFields, type ListReader } from '#services/listed-items.ts';
import { asBankFault } from '#services/open-banking/faults.ts';
import { asNotSent, authorisationRequired, codeOf, consentRequired, judge, refusal } from './errors.ts';
import type { PaymentBody, Product } from './payment-body.ts';
import type { TokenSource } from './token.ts';
import {
  accountsSchema,
  balancesSchema,
  banksSchema,
  createdPaymentSchema,
  createdSessionSchema,
  errorLinksSchema,
  linksSchema,
  paymentSchema,
  sessionSchema,
  type WireAccount,
  type WireBalance,
  type WireBank,
  type WireCreatedPayment,
  type WireLinks,
  type WirePayment,
} from './wire.ts';

/** Neonomics asks the bank while the caller waits. */
export const bankTimeoutMs = 30_000;

/** A session at Neonomics, which ties a device to a bank. */
export interface Visit {
  device: string;
  session: string;
  /** Whose breaker and places the calls take. */
  bankId: string | undefined;
}

/** What a call says of the customer who is there; what is not known is left out. */
export interface Psu {
  ipAddress?: string | undefined;
  /** The encrypted national identity number. */
  psuId?: string | undefined;
  /** Where the bank sends the customer back to. */
  redirectUrl?: string | undefined;
}

/** Which payment; its kind is part of its address. */
export interface PaymentPath {
  product: Product;
  paymentId: string;
}

/** The way on that Neonomics names in an error. That to a consent names its session, which is no payment. */
export type Step =
  | { kind: 'consent'; href: string }
  /** The payment that is to be approved. */
  | { kind: 'authorisation'; href: string; paymentId: string | undefined };

/** What was asked for, or what the customer does first. */
export type Answer<Asked> = { kind: 'done'; asked: Asked } | { kind: 'step'; step: Step };

/** The calls that Drop makes, wire types in and out. All of them throw `DropError` as `errors.ts` says. */
export interface NeonomicsApi {
  listBanks(country: string): Promise<WireBank[]>;
  createSession(bankId: string, device: string): Promise<string>;
  getSession(visit: Visit): Promise<{ bankId: string }>;
  deleteSession(visit: Visit): Promise<void>;
  listAccounts(visit: Visit, psu: Psu): Promise<Answer<WireAccount[]>>;
  getBalances(accountId: string, visit: Visit, psu: Psu): Promise<(WireBalance | null)[]>;
  /** Follows the link of an error 1426. */
  getConsent(href: string, visit: Visit, psu: Psu): Promise<WireLinks>;
  createPayment(
    product: Product,
    request: { body: PaymentBody; visit: Visit; psu: Psu },
  ): Promise<Answer<WireCreatedPayment>>;
  /** Follows the link of an error 1428; without one, asks for the authorisation of the payment. */
  authorisePayment(at: PaymentPath | string, visit: Visit, psu: Psu): Promise<WireLinks>;
  completePayment(payment: PaymentPath, visit: Visit, psu: Psu): Promise<Answer<WireCreatedPayment>>;
  getPayment(payment: PaymentPath, visit: Visit): Promise<WirePayment>;
  cancelPayment(payment: PaymentPath, visit: Visit, psu: Psu): Promise<Answer<WireCreatedPayment>>;
}

interface ApiCall extends Pick<OutboundCall, 'method' | 'outlivesItsCause'> {
  operation: string;
  /** A path under the API's address, or a link of Neonomics'. */
  path: string;
  json?: object;
  device: string;
  visit?: Visit;
  psu?: Psu;
  /** True unless said otherwise. */
  repeatable?: boolean;
}

interface ApiOptions {
  apiUrl: string;
  outbound: Outbound;
  tokens: TokenSource;
  readLists: ListReader;
}

/** Calls about no customer; the header is mandatory. */
const ownDevice = 'drop';

export function createApi(options: ApiOptions): NeonomicsApi {
  const calls = createCalls(options);
  return { ...sessionCalls(options, calls), ...accountCalls(calls), ...paymentCalls(calls) };
}

interface Calls {
  call<Schema extends z.ZodType>(schema: Schema, of: ApiCall): Promise<z.output<Schema>>;
  /** Like `call`, where an error may name a way on, of one of these kinds. */
  ask<Schema extends z.ZodType>(
    schema: Schema,
    of: ApiCall,
    kinds: readonly Step['kind'][],
  ): Promise<Answer<z.output<Schema>>>;
}

function createCalls(options: ApiOptions): Calls {
  const read = <Schema extends z.ZodType>(response: RawResponse, schema: Schema, operation: string) =>
    options.readLists(qualified(operation), () => judged(response, schema, operation));
  return {
    call: async (schema, of) => read(await send(options, of), schema, of.operation),
    async ask(schema, of, kinds) {
      const response = await send(options, of);
      const step = readStep(response, options, of.operation);
      if (step !== undefined && !kinds.includes(step.kind))
        throw undocumented(of.operation, response.status, 'errorCode');
      if (step !== undefined) return { kind: 'step', step };
      return { kind: 'done', asked: read(response, schema, of.operation) };
    },
  };
}

const within = (visit: Visit) => ({ visit, device: visit.device });

type SessionCalls = Pick<NeonomicsApi, 'createSession' | 'getSession' | 'deleteSession'>;

function sessionCalls(options: ApiOptions, { call }: Calls): SessionCalls {
  return {
    async createSession(bankId, device) {
      // Begun twice, one of the two is never used.
      const of = { operation: 'create_session', method: 'POST', path: '/ics/v3/session' } as const;
      return (await call(createdSessionSchema, { ...of, json: { bankId }, device })).sessionId;
    },
    getSession(visit) {
      const of = { operation: 'get_session', method: 'GET', path: sessionPath(visit) } as const;
      return call(sessionSchema, { ...of, device: visit.device });
    },
    async deleteSession(visit) {
      const of = { operation: 'delete_session', method: 'DELETE', path: sessionPath(visit) } as const;
      // The session is ended even where the request that asks for it has no time left.
      const response = await send(options, { ...of, device: visit.device, outlivesItsCause: true });
      assertDone(response, of.operation);
    },
  };
}

type AccountCalls = Pick<NeonomicsApi, 'listBanks' | 'listAccounts' | 'getBalances' | 'getConsent'>;

function accountCalls({ call, ask }: Calls): AccountCalls {
  // Without the customer a reading spends one of the four of the day.
  const isRepeatable = ({ ipAddress }: Psu): boolean => ipAddress !== undefined;
  return {
    listBanks(country) {
      const path = `/ics/v3/banks?countryCode=${country}`;
      return call(banksSchema, { operation: 'list_banks', method: 'GET', path, device: ownDevice });
    },
    listAccounts(visit, psu) {
      const of = { operation: 'list_accounts', method: 'GET', path: '/ics/v3/accounts' } as const;
      const asked = { ...of, ...within(visit), psu, repeatable: isRepeatable(psu) };
      return ask(accountsSchema, asked, ['consent']);
    },
    getBalances(accountId, visit, psu) {
      const path = `/ics/v3/accounts/${encodeURIComponent(accountId)}/balances`;
      const of = { operation: 'get_balances', method: 'GET', path } as const;
      return call(balancesSchema, { ...of, ...within(visit), psu, repeatable: isRepeatable(psu) });
    },
    getConsent: (href, visit, psu) =>
      call(linksSchema, { operation: 'get_consent', method: 'GET', path: href, ...within(visit), psu }),
  };
}

type PaymentCalls = Pick<
  NeonomicsApi,
  'createPayment' | 'authorisePayment' | 'completePayment' | 'getPayment' | 'cancelPayment'
>;

function paymentCalls({ call, ask }: Calls): PaymentCalls {
  return {
    createPayment(product, { body, visit, psu }) {
      const of = { operation: 'create_payment', method: 'POST', path: `${payments}/${product}` } as const;
      const asked = { ...of, json: body, ...within(visit), psu, repeatable: false };
      return ask(createdPaymentSchema, asked, paymentSteps);
    },
    authorisePayment(at, visit, psu) {
      const path = typeof at === 'string' ? at : `${paymentPath(at)}/authorize`;
      return call(linksSchema, {
        operation: 'authorise_payment',
        method: 'GET',
        path,
        ...within(visit),
        psu,
      });
    },
    completePayment(payment, visit, psu) {
      // Completed twice, it is the same payment.
      const path = `${paymentPath(payment)}/complete`;
      const of = { operation: 'complete_payment', method: 'POST', path } as const;
      return ask(createdPaymentSchema, { ...of, ...within(visit), psu }, paymentSteps);
    },
    getPayment(payment, visit) {
      const of = { operation: 'get_payment', method: 'GET', path: paymentPath(payment) } as const;
      return call(paymentSchema, { ...of, ...within(visit) });
    },
    cancelPayment(payment, visit, psu) {
      const of = { operation: 'cancel_payment', method: 'DELETE', path: paymentPath(payment) } as const;
      return ask(createdPaymentSchema, { ...of, ...within(visit), psu, repeatable: false }, paymentSteps);
    },
  };
}

const paymentSteps = ['consent', 'authorisation'] as const;
const payments = '/ics/v3/payments';
const paymentPath = ({ product, paymentId }: PaymentPath): string =>
  `${payments}/${product}/${encodeURIComponent(paymentId)}`;
const sessionPath = ({ session }: Visit): string => `/ics/v3/session/${encodeURIComponent(session)}`;

async function send(options: ApiOptions, call: ApiCall): Promise<RawResponse> {
  const { operation, method, path, json, outlivesItsCause, repeatable = true, visit } = call;
  const token = await options.tokens.token().catch((error: unknown) => {
    throw asNotSent(error);
  });
  const sent: OutboundCall = {
    operation: qualified(operation),
    method,
    url: addressOf(options.apiUrl, path),
    headers: { ...headersOf(call), authorization: `Bearer ${token}` },
    judge,
    repeatable,
    timeoutMs: bankTimeoutMs,
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(outlivesItsCause === true && { outlivesItsCause }),
    ...(visit?.bankId !== undefined && { scope: visit.bankId }),
  };
  const response = await options.outbound.send(sent).catch((error: unknown) => {
    throw asBankFault(error);
  });
  if (response.status === 401) options.tokens.forget(token);
  return response;
}

/** A link is followed at the address of the API, which gets the token, whatever host it names. */
function addressOf(apiUrl: string, path: string): string {
  if (path.startsWith('/')) return addressUnder(apiUrl, path);
  const { pathname = '', search = '' } = URL.parse(path) ?? {};
  if (pathname.startsWith('/ics/v3/')) return addressUnder(apiUrl, `${pathname}${search}`);
  const message = 'a link leads out of the API';
  throw new DropError('provider_invalid_response', { message, outcome: 'unknown', provider: 'neonomics' });
}

function headersOf({ device, visit, psu, json }: ApiCall): Record<string, string> {
  const named: Record<string, string | undefined> = {
    accept: 'application/json',
    'content-type': json === undefined ? undefined : 'application/json',
    'x-device-id': device,
    'x-session-id': visit?.session,
    'x-psu-ip-address': psu?.ipAddress,
    'x-psu-id': psu?.psuId,
    'x-redirect-url': psu?.redirectUrl,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** The step that an error names; undefined for every other answer. */
function readStep(response: RawResponse, options: ApiOptions, operation: string): Step | undefined {
  if (response.status >= 200 && response.status < 300) return undefined;
  const code = codeOf(response);
  if (code !== consentRequired && code !== authorisationRequired) return undefined;
  const { links } = options.readLists(qualified(operation), () =>
    parsed(response, errorLinksSchema, operation),
  );
  const [first] = links;
  if (first === undefined) throw undocumented(operation, response.status, 'links');
  if (code === consentRequired) return { kind: 'consent', href: first.href };
  return { kind: 'authorisation', href: first.href, paymentId: first.meta?.id ?? undefined };
}

/** An answer with nothing in it confirms; one that holds an error or is a page of something in between does not. */
function assertDone(response: RawResponse, operation: string): void {
  const { status } = response;
  if (status < 200 || status > 299) throw refusal(response, qualified(operation));
  if (response.body.byteLength > 0) response.json();
  if (codeOf(response) !== undefined) throw undocumented(operation, status, 'errorCode');
}

function judged<Schema extends z.ZodType>(
  response: RawResponse,
  schema: Schema,
  operation: string,
): z.output<Schema> {
  const { status } = response;
  if (status < 200 || status > 299) throw refusal(response, qualified(operation));
  return parsed(response, schema, operation);
}

function parsed<Schema extends z.ZodType>(
  response: RawResponse,
  schema: Schema,
  operation: string,
): z.output<Schema> {
  const result = schema.safeParse(response.json());
  if (result.success) return result.data;
  const fields = faultyFields(result.error);
  throw undocumented(operation, response.status, fields);
}

/** The fault names fields, never their values. */
function undocumented(operation: string, httpStatus: number, fields: string): DropError {
  return new DropError('provider_invalid_response', {
    message: `${qualified(operation)}: not as documented: ${fields}`,
    outcome: 'unknown',
    provider: 'neonomics',
    operation: qualified(operation),
    httpStatus,
  });
}

const qualified = (operation: string): string => `neonomics.${operation}`;
