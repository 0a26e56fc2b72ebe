import type { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import type { Outbound, OutboundCall, RawResponse } from '#outbound/outbound.ts';
import { faultyFields, type ListReader } from '#services/listed-items.ts';
import { asBankFault } from '#services/open-banking/faults.ts';
import type { DirectBank, DirectBanks } from './banks.ts';
import { judge, refusal, type Subject } from './errors.ts';
import { digestOf, signatureHeaders, type Seal } from './signature.ts';

/** The bank may ask its own systems while the caller waits. */
export const bankTimeoutMs = 30_000;

/** A call to a bank. */
export interface BankCall extends Pick<OutboundCall, 'method' | 'outlivesItsCause'> {
  operation: string;
  subject: Subject;
  bank: DirectBank;
  /** One of the interface's three roots, under the bank's address. */
  root?: '/v1/consents' | '/v1/accounts' | `/v1/payments/${string}`;
  /** The path of a link that the bank gave, under the bank's host; beside it there is no root. */
  link?: string;
  headers?: Readonly<Record<string, string>>;
  json?: object;
  repeatable: boolean;
}

export interface CallOptions {
  outbound: Outbound;
  banks: DirectBanks;
  seal: Seal;
  clock: Clock;
  entropy: Entropy;
  readLists: ListReader;
}

/** An answer that was read, with the headers `ASPSP-SCA-Approach` and `Location`. */
export interface Answer<Body> {
  body: Body;
  approach: string | undefined;
  location: string | undefined;
}

/** Sends signed calls to banks, and judges their answers. */
export interface BankCalls {
  /** The answer's JSON, and two of its headers. @throws {DropError} as `errors.ts` says. */
  call<Schema extends z.ZodType>(of: BankCall, schema: Schema): Promise<Answer<z.output<Schema>>>;
  /** The answer of an operation that has none, or several. @throws {DropError} for a status that is no success. */
  send(of: BankCall): Promise<RawResponse>;
  /** Reads the JSON of an answer. @throws {DropError} `provider_invalid_response`. */
  read<Schema extends z.ZodType>(response: RawResponse, of: BankCall, schema: Schema): z.output<Schema>;
}

export function createBankCalls(options: CallOptions): BankCalls {
  const send: BankCalls['send'] = async (of) => {
    const response = await sendSigned(options, of);
    if (response.status < 200 || response.status > 299)
      throw refusal(response, qualified(of.operation), of.subject);
    return response;
  };
  const read: BankCalls['read'] = (response, of, schema) =>
    options.readLists(qualified(of.operation), () => parsed(response, schema, of.operation));
  return {
    send,
    read,
    async call(of, schema) {
      const response = await send(of);
      const approach = response.headers.get('aspsp-sca-approach') ?? undefined;
      const location = response.headers.get('location') ?? undefined;
      return { body: read(response, of, schema), approach, location };
    },
  };
}

async function sendSigned(options: CallOptions, of: BankCall): Promise<RawResponse> {
  const { bank, operation, method, repeatable, outlivesItsCause = false, json, root, link, headers } = of;
  const base = options.banks.addressOf(bank);
  const body = json === undefined ? '' : JSON.stringify(json);
  const sent: OutboundCall = {
    method,
    repeatable,
    outlivesItsCause,
    operation: qualified(operation),
    judge,
    timeoutMs: bankTimeoutMs,
    url: root === undefined ? `${new URL(base).origin}${link}` : addressUnder(base, root),
    headers: signedHeaders(options, bank, { ...headers, ...(json && jsonType) }, body),
    scope: bank.id,
    scopeHasOwnHost: true,
    ...(body !== '' && { body }),
  };
  return options.outbound.send(sent).catch((error: unknown) => {
    throw asBankFault(error);
  });
}

const jsonType = { 'content-type': 'application/json' };

function signedHeaders(
  { clock, entropy, seal }: CallOptions,
  { signedHeaders: list, acceptFixes }: DirectBank,
  headers: Readonly<Record<string, string>>,
  body: string,
): Record<string, string> {
  const unsigned = {
    accept: 'application/json, application/problem+json',
    ...headers,
    'x-request-id': entropy.uuid(),
    date: clock.now().toUTCString(),
    digest: digestOf(body),
    ...(acceptFixes.length > 0 && { 'x-accept-fix': acceptFixes.join(', ') }),
  };
  return { ...unsigned, ...signatureHeaders(unsigned, list, seal) };
}

/** The fault names fields, never their values. */
function parsed<Schema extends z.ZodType>(
  response: RawResponse,
  schema: Schema,
  operation: string,
): z.output<Schema> {
  const result = schema.safeParse(response.json());
  if (result.success) return result.data;
  const fields = faultyFields(result.error);
  throw new DropError('provider_invalid_response', {
    message: `${qualified(operation)}: not as documented: ${fields}`,
    outcome: 'unknown',
    provider: 'berlin-group',
    operation: qualified(operation),
    httpStatus: response.status,
  });
}

const qualified = (operation: string): string => `berlin-group.${operation}`;
