import type { Dispatcher } from 'undici';
import type { Deadline } from './deadline.ts';
import type { Received, WireHeaders } from './raw-response.ts';

/** One request as it goes over the wire. */
export interface WireRequest {
  origin: string;
  path: string;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
}

export interface ExchangeOptions {
  dispatcher: Dispatcher;
  deadline: Deadline;
  bytesMax: number;
}

/** An answer that is not read. Its message contains nothing of the answer. */
export class UnacceptableAnswerError extends Error {
  override readonly name = 'UnacceptableAnswerError';
}

/** There is no answer. `isSent` tells whether any byte of the request may have reached the provider. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly isSent: boolean;

  constructor(cause: unknown, isSent: boolean) {
    super('there is no answer', { cause });
    this.isSent = isSent;
  }
}

/**
 * Sends one request and reads the whole answer, up to `bytesMax`.
 *
 * @throws {ExchangeError}
 */
export function exchange(request: WireRequest, options: ExchangeOptions): Promise<Received> {
  return new Promise((resolve, reject) => {
    const receiver = new Receiver(options, { resolve, reject });
    options.deadline.onOver((error) => receiver.giveUp(error));
    options.dispatcher.dispatch(request, receiver);
  });
}

/** undici's parser puts the bytes that it cannot read into its error, which may be logged whole. */
function withoutAnswer(error: Error): Error {
  if ('data' in error) delete error.data;
  return error;
}

interface Settlement {
  resolve(received: Received): void;
  reject(error: ExchangeError): void;
}

/**
 * Uses undici's lowest-level interface for two reasons: it reports when writing of the request starts, and before that
 * the request was certainly not sent; and it delivers chunks instead of a stream, which would be most of the cost of a
 * small answer.
 */
class Receiver implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #settlement: Settlement;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #status = 0;
  #headers: WireHeaders = {};
  #controller: Dispatcher.DispatchController | undefined;
  #surrender: Error | undefined;

  constructor(options: ExchangeOptions, settlement: Settlement) {
    this.#options = options;
    this.#settlement = settlement;
  }

  /** Ends the exchange from this side. A request that has not started will not be sent. */
  giveUp(error: Error): void {
    this.#surrender = error;
    this.#fail(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#surrender) controller.abort(this.#surrender);
    else this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: WireHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const fault = this.#faultOf(headers);
    if (fault !== undefined) controller.abort(new UnacceptableAnswerError(fault));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#length += chunk.byteLength;
    if (this.#length <= this.#options.bytesMax) this.#chunks.push(chunk);
    else controller.abort(new UnacceptableAnswerError(this.#tooLarge()));
  }

  onResponseEnd(): void {
    this.#options.deadline.onOver(undefined);
    // Copied, because a chunk is a view of a much larger buffer and would keep it in memory.
    const body = Buffer.concat(this.#chunks, this.#length);
    this.#settlement.resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error): void {
    this.#options.deadline.onOver(undefined);
    this.#settlement.reject(new ExchangeError(withoutAnswer(error), this.#controller !== undefined));
  }

  /**
   * No compression is asked for, so that a small answer cannot expand. An answer that is compressed anyway is refused.
   */
  #faultOf(headers: WireHeaders): string | undefined {
    const encoding = String(headers['content-encoding'] ?? 'identity');
    if (encoding.toLowerCase() !== 'identity')
      return 'the answer is compressed although no compression was asked for';
    const isTooLarge = Number(headers['content-length'] ?? 0) > this.#options.bytesMax;
    return isTooLarge ? this.#tooLarge() : undefined;
  }

  #tooLarge(): string {
    return `the body is larger than ${this.#options.bytesMax} bytes`;
  }
}
