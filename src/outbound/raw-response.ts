import { CallError } from './call-error.ts';
import type { RawResponse } from './outbound.ts';
import type { CallContext } from './transport-error.ts';
import { JsonFault, parseStrictJson } from './strict-json.ts';

export type WireHeaders = Record<string, string | string[] | undefined>;

export interface Received {
  status: number;
  headers: WireHeaders;
  body: Uint8Array;
}

const decoder = new TextDecoder();
const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** A received answer: status, headers and the whole body. */
export class Answer implements RawResponse {
  readonly status: number;
  readonly body: Uint8Array;
  readonly #wireHeaders: WireHeaders;
  readonly #context: CallContext;
  readonly #toError: (error: CallError) => Error;
  #headers: Headers | undefined;
  #read: { value?: unknown; fault?: string } | undefined;

  constructor(
    { status, headers, body }: Received,
    context: CallContext,
    toError: (error: CallError) => Error = (error) => error,
  ) {
    this.status = status;
    this.body = body;
    this.#wireHeaders = headers;
    this.#context = context;
    this.#toError = toError;
  }

  get scope(): string | undefined {
    return this.#context.scope;
  }

  /** Created on first use: most answers are read by status and body alone. */
  get headers(): Headers {
    this.#headers ??= headersOf(this.#wireHeaders);
    return this.#headers;
  }

  text(): string {
    return decoder.decode(this.body);
  }

  /** Parsed once: both a judge and the caller may read it. */
  json(): unknown {
    this.#read ??= this.#parse();
    if (this.#read.fault !== undefined) throw this.#toError(this.#invalid(this.#read.fault));
    return this.#read.value;
  }

  #parse(): { value?: unknown; fault?: string } {
    const type = this.#wireHeaders['content-type'];
    if (typeof type !== 'string' || !jsonType.test(type)) return { fault: 'does not say that it is JSON' };
    try {
      return { value: parseStrictJson(this.text()) };
    } catch (error) {
      if (error instanceof JsonFault) return { fault: error.message };
      throw error;
    }
  }

  #invalid(fault: string): CallError {
    const message = `${this.#context.operation}: the answer ${fault}`;
    const { status: httpStatus } = this;
    return new CallError('provider_invalid_response', {
      message,
      outcome: 'unknown',
      httpStatus,
      ...this.#context,
    });
  }
}

function headersOf(wire: WireHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(wire)) {
    if (value !== undefined) headers.set(name, [value].flat().join(', '));
  }
  return headers;
}
