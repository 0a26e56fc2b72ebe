import { createHash, randomBytes } from 'node:crypto';
import { Visitor, type Visited } from '#cli/visitor.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** The parameters that pass through the app's URL scheme, which any app registered for it can read. */
export type Crossed = Record<string, string>;

/** Drop's mobile app at the HTTP level: a verifier, the system browser, a bearer token. */
export class MobileApp {
  readonly verifier = randomBytes(48).toString('base64url');
  readonly #origin: string;
  readonly #browser = new Visitor();

  constructor(origin: string) {
    this.#origin = origin;
  }

  get challenge(): string {
    return createHash('sha256').update(this.verifier).digest('base64url');
  }

  /** Starts a sign-in; the answer has the address of BankID. */
  begin(): Promise<Answer> {
    return this.post('/api/auth/bankid/mobile', { appChallenge: this.challenge, language: 'en' });
  }

  /** Signs in at BankID as `person` in the system browser, up to the address that would open the app. */
  async throughBankId(authorizeUrl: string, person: string): Promise<Visited> {
    const picker = await this.#browser.visit(authorizeUrl, { headers: { accept: 'text/html' } });
    return this.#browser.press(picker, person);
  }

  /** Signs in from the start up to the app's scheme. */
  async signInAs(person: string): Promise<{ address: URL; crossed: Crossed }> {
    const { body } = await this.begin();
    const { url } = await this.throughBankId(String(body['authorizeUrl']), person);
    return { address: url, crossed: Object.fromEntries(url.searchParams) };
  }

  redeem(given: Crossed): Promise<Answer> {
    return this.post('/api/auth/bankid/mobile/callback', given);
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  get(path: string, headers: Record<string, string>): Promise<Answer> {
    return this.#call(path, { headers });
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Sends a request without the system browser's cookies, which an app does not have. */
  async #call(path: string, options: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.#origin}${path}`, { redirect: 'manual', ...options });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
  }
}
