import { parse } from 'node-html-parser';
import { Agent, request, type Dispatcher } from 'undici';
import { DropError } from '#domain/errors.ts';

/** The response at the end of the redirects, or the address that an app on the device would open. */
export interface Visited {
  url: URL;
  status: number;
  body: string;
}

export interface VisitOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
}

const redirectsMax = 10;
const timeoutMs = 15_000;

/** A browser without scripts: it keeps cookies by host, follows redirects and submits forms. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #dispatcher: Dispatcher = new Agent();
  readonly #leftUnvisited: string | undefined;

  /** A visit ends at an address that starts with `leftUnvisited`, as it does at the address of an app. */
  constructor(leftUnvisited?: string) {
    this.#leftUnvisited = leftUnvisited;
  }

  async visit(address: string | URL, options: VisitOptions = {}): Promise<Visited> {
    let url = new URL(address);
    let next = options;
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const response = await this.#send(url, next);
      const { location } = response.headers;
      if (typeof location !== 'string')
        return { url, status: response.statusCode, body: await response.body.text() };
      await response.body.dump();
      url = new URL(location, url);
      const isLeft = this.#leftUnvisited !== undefined && url.href.startsWith(this.#leftUnvisited);
      if (isLeft || !/^https?:$/.test(url.protocol)) return { url, status: response.statusCode, body: '' };
      next = { headers: { accept: 'text/html' } };
    }
    throw new DropError('internal_error', {
      message: `more than ${redirectsMax} redirects, the last to ${url.origin}`,
    });
  }

  /** Presses the button of `page`'s form whose value is in `values`, or the first button. */
  async press(page: Visited, ...values: string[]): Promise<Visited> {
    const form = parse(page.body).querySelector('form');
    if (!form)
      throw new DropError('internal_error', { message: `no form at ${page.url.origin}${page.url.pathname}` });
    const fields = new URLSearchParams();
    for (const input of form.querySelectorAll('input')) {
      const isOff =
        ['checkbox', 'radio'].includes(input.getAttribute('type') ?? '') && !input.hasAttribute('checked');
      if (!isOff) fields.append(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
    }
    const buttons = form.querySelectorAll('button');
    const button = buttons.find((each) => values.includes(each.getAttribute('value') ?? '')) ?? buttons[0];
    const name = button?.getAttribute('name');
    if (name) fields.append(name, button?.getAttribute('value') ?? '');
    const action = new URL(form.getAttribute('action') ?? page.url.href, page.url);
    return this.visit(action, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: fields.toString(),
    });
  }

  /** Reads the lines of a stream of server-sent events until `isLast` returns true or the stream ends. */
  async listen(address: URL, isLast: (line: string) => boolean): Promise<void> {
    const response = await this.#send(address, { headers: { accept: 'text/event-stream' } });
    let rest = '';
    for await (const chunk of response.body.setEncoding('utf8')) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      if (lines.some(isLast)) break;
    }
  }

  /** The cookies kept for the host of `address`. */
  cookiesOf(address: string | URL): { name: string; value: string }[] {
    return [...(this.#cookies.get(new URL(address).host) ?? [])].map(([name, value]) => ({ name, value }));
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #send(url: URL, options: VisitOptions): Promise<Dispatcher.ResponseData> {
    const cookies = this.cookiesOf(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const response = await request(url, {
      dispatcher: this.#dispatcher,
      method: options.method ?? 'GET',
      headers: { ...options.headers, ...(cookies && { cookie: cookies }) },
      body: options.body ?? null,
      signal: AbortSignal.timeout(timeoutMs),
    });
    for (const cookie of [response.headers['set-cookie'] ?? []].flat()) this.#keep(url.host, cookie);
    return response;
  }

  #keep(host: string, cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const own = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, value === '' ? own : own.set(name, value));
  }
}
