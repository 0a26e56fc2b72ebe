import { createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { request } from 'undici';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import { berlinGroup } from '#services/open-banking/berlin-group/provider.ts';
import type {
  AccountInformation,
  AccountKey,
  ConsentKey,
  PaymentInitiation,
  PaymentKey,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from '../open-banking-stack.ts';
import { attended, capability, consentRequest, paymentRequest } from '../open-banking-subjects.ts';

export type BankId = 'dnb' | 'sbanken' | 'sparebank1' | 'handelsbanken';

/** The headers that each bank wants signed, as its portal says. */
const signed: Record<BankId, string> = {
  dnb: 'digest x-request-id psu-id psu-corporate-id tpp-redirect-uri',
  sbanken: 'digest x-request-id psu-id psu-corporate-id tpp-redirect-uri',
  sparebank1: 'digest x-request-id date psu-id psu-corporate-id tpp-redirect-uri',
  handelsbanken: 'date digest x-request-id psu-id psu-corporate-id tpp-redirect-uri',
};

export interface StartedPayment {
  started: SteppedPayment;
  key: PaymentKey;
  request: PaymentRequest;
}

/** Client and emulator together, for what is peculiar to these banks; the rest is in the shared suites. */
export class BerlinGroupWorld {
  readonly stack: EmulatedStack;
  readonly ais: AccountInformation;
  readonly pis: PaymentInitiation;

  constructor(stack: EmulatedStack, environment: Record<string, string>) {
    const provider = stack.createClient(environment);
    this.stack = stack;
    this.ais = capability(provider.ais);
    this.pis = capability(provider.pis);
  }

  static async start(environment: Record<string, string> = {}): Promise<BerlinGroupWorld> {
    return new BerlinGroupWorld(await startEmulated(berlinGroup), environment);
  }

  close(): Promise<void> {
    return this.stack.close();
  }

  /** A consent that was approved at the bank's page. */
  async consent(bankId: BankId): Promise<{ key: ConsentKey; account: AccountKey }> {
    const asked = consentRequest(bankId);
    const { reference, next } = await this.ais.startConsent(asked, attended);
    const address = redirectUrlOf(next);
    const parameters =
      address === undefined ? new URLSearchParams() : await this.stack.visit(address, 'approve');
    if (address === undefined) this.stack.clock.advance(2_000);
    const pending = { ...asked, reference };
    const progress = await this.ais.completeConsent({ parameters, pending }, attended);
    if (progress.kind !== 'granted') throw new RangeError('the consent is granted');
    const key = { ...asked, reference: progress.grant.reference };
    const [first] = progress.grant.accounts;
    return { key, account: { reference: capability(first).reference, consent: key } };
  }

  async pay(bankId: BankId, order: Partial<PaymentOrder> = {}): Promise<StartedPayment> {
    const asked = paymentRequest(bankId, order, undefined);
    const started = await this.pis.initiatePayment(asked, attended);
    return { started, request: asked, key: { ...asked, reference: started.reference } };
  }

  /** A payment that the customer has approved, at the bank's page or in its app. */
  async approved(bankId: BankId, order: Partial<PaymentOrder> = {}): Promise<StartedPayment> {
    const payment = await this.pay(bankId, order);
    const address = redirectUrlOf(payment.started.next);
    if (address === undefined) await this.stack.pass(1_500);
    else await this.stack.visit(address, 'approve');
    return payment;
  }

  cancel(key: PaymentKey): Promise<SteppedPayment> {
    return capability(this.pis.cancelPayment)(key, attended);
  }

  /** Whether each bank was told the customer's number when a payment began. */
  async numbersSentTo(bankIds: readonly BankId[]): Promise<Record<string, boolean>> {
    const seen: Record<string, boolean> = {};
    const { routes } = this.stack.emulator;
    const { fetch } = routes;
    routes.fetch = (incoming, ...rest) => {
      const [, bankId = ''] = new URL(incoming.url).pathname.split('/');
      seen[bankId] ||= incoming.headers.has('psu-id');
      return fetch(incoming, ...rest);
    };
    for (const bankId of bankIds) await this.pay(bankId);
    return seen;
  }

  /** Calls the emulator past the client, with a signature of its own. `undefined` leaves a header out. */
  async call(
    bankId: BankId,
    path: string,
    options: {
      method?: string;
      body?: string;
      headers?: Record<string, string | undefined>;
      signedFor?: BankId;
      names?: string;
      written?: (signature: string) => string;
    } = {},
  ): Promise<{ status: number; headers: Record<string, unknown>; body: unknown }> {
    const { method = 'GET', body = '', headers = {}, signedFor = bankId } = options;
    const { environment, origin, clock } = this.stack;
    const certificate = new X509Certificate(environment['BERLIN_GROUP_SEAL_CERTIFICATE'] ?? '');
    const unsigned: Record<string, string | undefined> = {
      accept: 'application/json',
      ...(body !== '' && { 'content-type': 'application/json' }),
      'x-request-id': randomUUID(),
      date: clock.now().toUTCString(),
      digest: `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
      'psu-ip-address': '192.0.2.7',
      'tpp-signature-certificate': certificate.raw.toString('base64'),
      ...headers,
    };
    const names = (options.names ?? signed[signedFor])
      .split(' ')
      .filter((name) => unsigned[name] !== undefined);
    const text = names.map((name) => `${name}: ${unsigned[name]}`).join('\n');
    const key = createPrivateKey(environment['OPENBANKING_CLIENT_SECRET'] ?? '');
    const signature = sign('sha256', Buffer.from(text), key).toString('base64');
    const keyId = `SN=${certificate.serialNumber},CA=CN=Sandbox%20QSEAL%20CA,O=Sandkasse%20AS,C=NO`;
    const written = `keyId="${keyId}",algorithm="rsa-sha256",headers="${names.join(' ')}",signature="${signature}"`;
    const sent = Object.entries({ signature: options.written?.(written) ?? written, ...unsigned }).filter(
      ([, value]) => value !== undefined,
    );
    const answer = await request(`${origin}/${bankId}${path}`, {
      method: method as 'GET',
      headers: Object.fromEntries(sent) as Record<string, string>,
      ...(body !== '' && { body }),
    });
    const answered = await answer.body.text();
    const json: unknown = answered === '' ? undefined : JSON.parse(answered);
    return { status: answer.statusCode, headers: answer.headers, body: json };
  }
}
