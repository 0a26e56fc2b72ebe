import { randomUUID } from 'node:crypto';
import { isDropError, type ErrorCode, type Outcome } from '#domain/errors.ts';
import { isRedirectAllowed } from '#domain/redirect-address.ts';
import { Secret } from '#domain/secret.ts';
import type {
  AccountInformation,
  AttendedAccess,
  Bank,
  ConsentKey,
  ConsentRequest,
  OpenBankingProvider,
  StartedConsent,
} from '#services/open-banking/service.ts';
import { memorySecrets } from '../../support/provider-keys.ts';

/** What a check of a live provider is given. */
export interface LiveSubject {
  provider: OpenBankingProvider;
  /** A client with credentials that the provider does not know. */
  impostor: OpenBankingProvider;
  callbackUrl: string;
  /** The name of the bank to ask; without it the first that reads balances and takes payments. */
  bankName: string | undefined;
}

/** A part of the contract that can be tried without a customer. Resolves with what was seen; throws what is wrong. */
export interface LiveCheck {
  name: string;
  run(subject: LiveSubject): Promise<string>;
}

/** Drop's own machine, from a network for documentation (RFC 5737): there is no customer. */
const access: AttendedAccess = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'Conformance/1.0' };
/** The number is synthetic. */
const customer = { id: 'conformance', name: 'Kari Prøve', nationalIdentityNumber: new Secret('13878099999') };

const codesOfEnds = ['consent_revoked', 'consent_expired', 'consent_ended', 'consent_failed'] as const;

export const liveChecks: readonly LiveCheck[] = [
  {
    name: 'lists its banks',
    async run(subject) {
      const banks = await aisOf(subject).listBanks();
      if (banks.length === 0) throw new RangeError('there is no bank');
      return `${banks.length}`;
    },
  },
  {
    name: 'begins a consent with a next step that customers may be sent to',
    run: (subject) => withConsent(subject, async ({ started }) => stepOf(subject, started)),
  },
  {
    name: 'does not know a consent that was never given',
    run: (subject) =>
      withConsent(subject, async ({ started, request }) => {
        const unknown = await neverGiven(request, started.reference);
        const reading = await outcomeOf(aisOf(subject).readConsent(unknown));
        return reading.value?.kind === 'ended' ? 'ended' : expectCode(reading, codesOfEnds);
      }),
  },
  {
    name: 'refuses credentials that it does not know',
    async run(subject) {
      const request = requestAt(await bankOf(subject), subject);
      const started = await outcomeOf(
        aisOf({ ...subject, provider: subject.impostor }).startConsent(request, access),
      );
      // A token that is refused comes before the call itself, which is then not sent.
      return expectCode(started, ['provider_rejected_credentials'], ['refused', 'not_sent']);
    },
  },
  {
    name: 'refuses a payment from an account that does not exist',
    async run(subject) {
      const { pis } = subject.provider;
      const { paymentBankId } = await bankOf(subject);
      if (!pis || paymentBankId === undefined) return 'takes no payments';
      const { redirectUri, ...request } = requestAt({ id: paymentBankId }, subject);
      const order = {
        money: { amount: 100, currency: 'NOK' as const },
        debtorAccountNumber: '00000000000',
        creditorName: 'Prøve AS',
        creditorAccountNumber: '95360573002',
        remittance: { kind: 'text' as const, text: 'Faktura 42' },
        execution: { kind: 'normal' as const },
      };
      const payment = { ...request, redirectUri, order, paymentId: randomUUID(), webhookUrl: undefined };
      const initiated = await outcomeOf(pis.initiatePayment(payment, access));
      return expectCode(initiated, ['payment_refused_by_bank', 'account_unknown', 'provider_refused']);
    },
  },
];

function aisOf({ provider }: Pick<LiveSubject, 'provider'>): AccountInformation {
  if (!provider.ais) throw new RangeError('it reads no accounts');
  return provider.ais;
}

async function bankOf(subject: LiveSubject): Promise<Bank> {
  const banks = await aisOf(subject).listBanks();
  const { bankName } = subject;
  const bank = banks.find(({ name, readsBalances, paymentBankId }) =>
    bankName === undefined ? readsBalances && paymentBankId !== undefined : name === bankName,
  );
  if (!bank) throw new RangeError('there is no such bank');
  return bank;
}

function requestAt({ id: bankId }: Pick<Bank, 'id'>, { callbackUrl }: LiveSubject): ConsentRequest {
  const state = randomUUID();
  return { bankId, state, redirectUri: callbackUrl, customer, locale: 'nb', secrets: memorySecrets() };
}

interface BegunConsent {
  request: ConsentRequest;
  started: StartedConsent;
}

/** Begins a consent, and ends it afterwards where it can be named already. */
async function withConsent(
  subject: LiveSubject,
  use: (begun: BegunConsent) => Promise<string>,
): Promise<string> {
  const ais = aisOf(subject);
  const request = requestAt(await bankOf(subject), subject);
  const started = await ais.startConsent(request, access);
  const { reference } = started;
  const seen = await use({ request, started });
  if (reference !== undefined) await ais.revokeConsent({ ...request, reference });
  return seen;
}

function stepOf({ provider, callbackUrl }: LiveSubject, { next }: StartedConsent): string {
  if (next.kind !== 'redirect') return next.kind;
  const policy = { ownOrigins: [new URL(callbackUrl).origin], allowsPlainLoopback: true };
  const { hostname } = new URL(next.url);
  if (!isRedirectAllowed(next.url, policy, provider.redirectHosts))
    throw new RangeError(`the next step leads to ${hostname}, where no customer may be sent`);
  return hostname;
}

/** A consent that is like one that was begun, but for its id: links that lead to it are changed with it. */
async function neverGiven(request: ConsentRequest, reference: string | undefined): Promise<ConsentKey> {
  const id = reference?.slice(reference.lastIndexOf(':') + 1) ?? '';
  const other = randomUUID();
  const kept = Object.entries((await request.secrets.read()) ?? {});
  const moved = kept.map(([name, value]) => [name, id === '' ? value : value.replaceAll(id, other)] as const);
  const secrets = memorySecrets(Object.fromEntries(moved));
  return { bankId: request.bankId, reference: reference?.replace(id, other) ?? other, secrets };
}

interface Ending<Value> {
  value?: Value;
  error?: unknown;
}

async function outcomeOf<Value>(call: Promise<Value>): Promise<Ending<Value>> {
  return call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** Also for the list of results: the code, and the provider's own. */
function expectCode(
  { error }: Ending<unknown>,
  codes: readonly ErrorCode[],
  outcomes: readonly Outcome[] = ['refused'],
): string {
  if (error === undefined) throw new RangeError('it was not refused');
  if (!isDropError(error, ...codes) || !outcomes.includes(error.details.outcome ?? 'unknown'))
    throw error instanceof Error ? error : new RangeError('it failed');
  const { httpStatus, providerCode } = error.details;
  return [error.code, providerCode ?? httpStatus].join(', ');
}
