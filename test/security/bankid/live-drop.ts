import { request } from 'undici';
import { startCanaryStack, type CanaryStack } from '../canary/stack.ts';
import { choose } from './stack.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Drop with its production client and the emulators over HTTP, and a browser with cookies. */
export class LiveDrop {
  readonly stack: CanaryStack;
  readonly #cookies = new Map<string, string>();

  constructor(stack: CanaryStack) {
    this.stack = stack;
  }

  static async start(environment: Record<string, string> = {}): Promise<LiveDrop> {
    return new LiveDrop(await startCanaryStack(environment));
  }

  /** Another browser for the same Drop. */
  another(): LiveDrop {
    return new LiveDrop(this.stack);
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const { cookie } = this;
    const answer = await request(`${this.stack.appOrigin}${path}`, {
      headers: { ...(cookie && { cookie }), ...headers },
    });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  }

  /** Goes to BankID without following the callback. */
  async begin(person = 'kari', returnTo = '/pay'): Promise<URLSearchParams> {
    const started = await this.get(`/api/auth/bankid?returnTo=${encodeURIComponent(returnTo)}`);
    return choose(String(started.headers['location']), person);
  }

  finish(callback: URLSearchParams, headers: Record<string, string> = {}): Promise<Answer> {
    return this.get(`/api/auth/bankid/callback?${callback.toString()}`, headers);
  }

  /** The number of calls to BankID paths with that ending. */
  calls(ending: string): number {
    const { exchanges } = this.stack;
    return exchanges.filter(({ server, url }) => server === 'bankid' && url.pathname.endsWith(ending)).length;
  }
}
