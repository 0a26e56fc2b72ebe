const listenersMax = 100;

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** The open pages of an emulator, which receive what is new as server-sent events. */
export class Listeners {
  readonly #controllers = new Set<Controller>();

  response(): Response {
    if (this.#controllers.size >= listenersMax) return new Response('too many pages', { status: 503 });
    const controllers = this.#controllers;
    let own: Controller | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        controllers.add(controller);
        controller.enqueue(new TextEncoder().encode(': open\n\n'));
      },
      cancel() {
        if (own) controllers.delete(own);
      },
    });
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
    return new Response(body, { headers });
  }

  /** Sends `line`, a single line such as JSON, to every open page. */
  tell(line: string): void {
    const event = new TextEncoder().encode(`data: ${line}\n\n`);
    for (const controller of this.#controllers) controller.enqueue(event);
  }
}
