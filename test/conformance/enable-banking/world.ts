import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { ManualClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import { createTokenSource } from '#services/open-banking/enable-banking/token.ts';
import type {
  AttendedAccess,
  ConsentGrant,
  OpenBankingProvider,
  PaymentReport,
} from '#services/open-banking/service.ts';
import { callbackUrl, startEmulated, type EmulatedStack } from '../open-banking-stack.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { memorySecrets, paymentKey } from '../../support/provider-keys.ts';

export const dayMs = 86_400_000;
export const attended: AttendedAccess = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: undefined };

/** Client and emulator of this provider together, for what is peculiar to it; the rest is in the shared suite. */
export class EnableBankingWorld {
  readonly stack: EmulatedStack;

  constructor(stack: EmulatedStack) {
    this.stack = stack;
  }

  static async start(
    clock?: ManualClock,
    others?: readonly SandboxBankCustomer[],
  ): Promise<EnableBankingWorld> {
    return new EnableBankingWorld(await startEmulated(enableBanking, clock, others));
  }

  close(): Promise<void> {
    return this.stack.close();
  }

  /** Calls the emulator as the application, past the client. */
  async call(
    method: 'GET' | 'POST' | 'DELETE' | 'PUT',
    path: string,
    options: { json?: unknown; text?: string | undefined; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const token = createTokenSource({
      clock: this.stack.clock,
      applicationId: this.stack.environment['OPENBANKING_CLIENT_ID'] ?? '',
      privateKey: new Secret(this.stack.environment['OPENBANKING_CLIENT_SECRET'] ?? ''),
    });
    const response = await request(`${this.stack.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        'content-type': 'application/json',
        ...options.headers,
      },
      body: options.json === undefined ? (options.text ?? null) : JSON.stringify(options.json),
    });
    return { status: response.statusCode, body: (await response.body.json()) as Record<string, unknown> };
  }

  async grant(bankId: string, locale: 'nb' | 'en' = 'nb', pages: string[] = []): Promise<ConsentGrant> {
    const { ais } = this.stack.provider;
    const [state, secrets] = [randomUUID(), memorySecrets()];
    const consent = { bankId, state, redirectUri: callbackUrl, customer: { id: 'c' }, locale, secrets };
    const started = await ais?.startConsent(consent, attended);
    const parameters = await this.stack.visit(redirectUrlOf(started?.next), 'approve', (html) =>
      pages.push(html),
    );
    const pending = { ...consent, reference: started?.reference };
    const progress = await ais?.completeConsent({ parameters, pending }, attended);
    if (progress?.kind !== 'granted') throw new RangeError('the consent is granted');
    return progress.grant;
  }

  /** Begins a consent that includes transactions, past the client, and gives the id of its first account. */
  async withTransactions(bankId: string, account = 0, access: object = {}): Promise<string> {
    const asked = this.authorization({ aspsp: { name: bankId, country: 'NO' } });
    const json = { ...asked, access: { ...Object(asked['access']), ...access } };
    const { body } = await this.call('POST', '/auth', { json });
    const parameters = await this.stack.visit(String(body['url']), 'approve');
    const session = await this.call('POST', '/sessions', { json: { code: parameters.get('code') } });
    const accounts = session.body['accounts'] as { uid: string }[];
    return accounts[account]?.uid ?? '';
  }

  async pay(
    bankId: string,
    {
      webhookUrl,
      choice = 'approve',
      by = this.stack.provider,
    }: { webhookUrl?: string; choice?: string; by?: OpenBankingProvider } = {},
  ): Promise<string> {
    const started = await by.pis?.initiatePayment(
      {
        bankId,
        order: {
          money: { amount: 10_000, currency: 'NOK' },
          debtorAccountNumber: '12345678903',
          creditorName: 'Nordlys Strøm AS',
          creditorAccountNumber: '95360573002',
          remittance: { kind: 'none' },
          execution: { kind: 'normal' },
        },
        paymentId: randomUUID(),
        state: randomUUID(),
        redirectUri: callbackUrl,
        webhookUrl,
        customer: { id: 'c' },
        secrets: memorySecrets(),
        locale: 'nb',
      },
      attended,
    );
    await this.stack.visit(redirectUrlOf(started?.next), choice);
    return started?.reference ?? '';
  }

  async read(reference: string): Promise<PaymentReport | undefined> {
    return this.stack.provider.pis?.readPayment(paymentKey(reference));
  }

  /** The body that begins a consent. */
  authorization(change: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      access: { valid_until: new Date(this.stack.clock.now().getTime() + dayMs).toISOString() },
      aspsp: { name: 'DNB', country: 'NO' },
      state: 's',
      redirect_url: callbackUrl,
      psu_type: 'personal',
      ...change,
    };
  }
}
