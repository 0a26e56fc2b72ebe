/** The most events that wait for a client. A client that takes none of them does not read. */
export const waitingMax = 100;

const encoder = new TextEncoder();

/**
 * The body of an answer that consists of server-sent events (HTML Living Standard, 9.2). Writing to it never waits, so
 * that a client that does not read holds nothing up, and it holds at most `waitingMax` events.
 */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  /** `onGone` is called when the client has closed the connection. */
  constructor(onGone: () => void) {
    const source = {
      start: (controller: ReadableStreamDefaultController<Uint8Array>) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = undefined;
        onGone();
      },
    };
    this.body = new ReadableStream(source, new CountQueuingStrategy({ highWaterMark: waitingMax }));
  }

  /** False when the event was not written, because the client is gone or does not read. */
  send(event: string, data = ''): boolean {
    const room = this.#controller?.desiredSize ?? 0;
    if (room <= 0) return false;
    this.#controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${data}\n\n`));
    return true;
  }

  /** Ends the body after the events that were written. */
  end(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }
}
