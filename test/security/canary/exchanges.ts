import type { HttpServer } from '#http/listen.ts';

/** One request to a server of the test's, with its answer. */
export interface Exchange {
  server: string;
  url: URL;
  authorization: string | undefined;
  requestBody: string;
  status: number;
  location: string | undefined;
  cookies: string[];
  body: string;
}

/** Answers in place of a server, or leaves a request to it, at once or in a while. */
export type Overridden = (request: Request) => Response | undefined | Promise<undefined>;

/** What passes the servers of a test. Webhooks are taken before the handler: their senders alone hear. */
export class Exchanges {
  readonly all: Exchange[] = [];
  readonly #answers = new Map<string, Overridden>();

  /** From now on `server` answers so; undefined is the emulator again. */
  answerFor(server: string, answer: Overridden | undefined): void {
    if (answer) this.#answers.set(server, answer);
    else this.#answers.delete(server);
  }

  /** `server`, with everything written down that passes it. */
  over(server: HttpServer, name: string): HttpServer {
    return {
      port: server.port,
      close: (graceMs) => server.close(graceMs),
      handle: (handler, intake) =>
        server.handle(async (request, bindings) => {
          const requestBody = request.method === 'GET' ? '' : await request.clone().text();
          const overridden = await this.#answers.get(name)?.(request);
          const response = overridden ?? (await handler(request, bindings));
          this.all.push(await exchangeOf(name, { request, requestBody, response }));
          return response;
        }, intake),
    };
  }

  /** The bodies of what `server` was sent. */
  sentTo(server: string): string {
    return this.all.flatMap(({ server: to, requestBody }) => (to === server ? [requestBody] : [])).join('\n');
  }
}

async function exchangeOf(
  server: string,
  { request, requestBody, response }: { request: Request; requestBody: string; response: Response },
): Promise<Exchange> {
  const isStream = (response.headers.get('content-type') ?? '').includes('event-stream');
  return {
    server,
    url: new URL(request.url),
    requestBody,
    status: response.status,
    authorization: request.headers.get('authorization') ?? undefined,
    location: response.headers.get('location') ?? undefined,
    cookies: response.headers.getSetCookie(),
    body: isStream ? '' : await response.clone().text(),
  };
}
