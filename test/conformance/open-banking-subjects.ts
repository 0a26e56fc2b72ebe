import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { ErrorCode, Outcome } from '#domain/errors.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import { Secret } from '#domain/secret.ts';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type {
  AccountInformation,
  AccountKey,
  AttendedAccess,
  ConsentGrant,
  ConsentKey,
  ConsentRequest,
  Customer,
  OpenBankingProvider,
  PaymentKey,
  PaymentRequest,
  ReturnIdentity,
} from '#services/open-banking/service.ts';
import { callbackUrl, startEmulated, startMock, type OpenBankingStack } from './open-banking-stack.ts';
import { subjectOf, type ProviderSubject } from './provider-subject.ts';
import { memorySecrets } from '../support/provider-keys.ts';

export const dayMs = 86_400_000;
export const attended: AttendedAccess = {
  kind: 'attended',
  ipAddress: '192.0.2.7',
  userAgent: 'Conformance/1.0',
};

/** The names of the banks of the sandbox, which stand behind every mock and emulator. */
export const bankNames = sandboxBanks.map(({ name }) => name);

/** What the provider calls a bank; by default the first of the sandbox. */
export async function bankIdAt(ais: AccountInformation, name = bankNames[0]): Promise<string> {
  const banks = await ais.listBanks();
  return capability(banks.find((bank) => bank.name === name)).id;
}

/** What the provider calls the same bank in payments, which may be something else. */
export async function paymentBankIdAt(ais: AccountInformation, name = bankNames[0]): Promise<string> {
  const banks = await ais.listBanks();
  return capability(banks.find((bank) => bank.name === name)?.paymentBankId);
}

/** A customer with all that a provider may declare to need. The number is synthetic. */
const customer: Customer = {
  id: 'customer-1',
  name: 'Kari Prøve',
  nationalIdentityNumber: new Secret('13878099999'),
};

/** What a return belongs to: the provider recognises its own, or it is the state that was given. */
export function identityOf(provider: OpenBankingProvider, parameters: URLSearchParams): ReturnIdentity {
  return provider.identifyReturn?.(parameters) ?? { state: parameters.get('state') ?? '' };
}

export interface Subject extends ProviderSubject {
  name: string;
  start: () => Promise<OpenBankingStack>;
  /** An order that ends so, and the button that makes it, where there are buttons. */
  orders: Record<'settled' | 'rejected' | 'cancelled' | 'too_large', Partial<PaymentOrder>>;
}

export const kroner = (amount: number): PaymentOrder['money'] => ({ amount, currency: 'NOK' });
const tooLarge = { money: kroner(99_000_000) };

/** Every provider with its own words. */
export const providers = await Promise.all(
  openBankingProviders.map(async (definition) => ({ definition, subject: await subjectOf(definition.id) })),
);

export const subjects: Subject[] = providers.flatMap(({ definition, subject }) => [
  {
    ...subject,
    name: `${definition.displayName}, mock`,
    start: () => startMock(definition),
    orders: {
      settled: {},
      rejected: { creditorName: 'Avvist AS' },
      cancelled: { money: kroner(10_013) },
      too_large: tooLarge,
    },
  },
  {
    ...subject,
    name: `${definition.displayName}, client on emulator`,
    start: () => startEmulated(definition),
    orders: { settled: {}, rejected: {}, cancelled: {}, too_large: tooLarge },
  },
]);

export const buttons = { settled: 'approve', rejected: 'reject', cancelled: 'cancel', too_large: 'approve' };

export const consentRequest = (bankId: string): ConsentRequest => ({
  bankId,
  state: randomUUID(),
  redirectUri: callbackUrl,
  customer,
  locale: 'nb',
  secrets: memorySecrets(),
});

export function paymentRequest(
  bankId: string,
  order: Partial<PaymentOrder>,
  webhookUrl: string | undefined,
): PaymentRequest {
  return {
    bankId,
    order: {
      money: kroner(12_550),
      debtorAccountNumber: '12345678903',
      creditorName: 'Nordlys Strøm AS',
      creditorAccountNumber: '95360573002',
      remittance: { kind: 'text', text: 'Faktura 42' },
      execution: { kind: 'normal' },
      ...order,
    },
    paymentId: randomUUID(),
    state: randomUUID(),
    redirectUri: callbackUrl,
    webhookUrl,
    customer,
    locale: 'nb',
    secrets: memorySecrets(),
  };
}

/** What reaches a payment that was begun by `request`, with the secrets that the provider kept for it. */
export function paymentKeyOf(request: PaymentRequest, reference: string): PaymentKey {
  return { reference, bankId: request.bankId, secrets: request.secrets };
}

/** The end of a consent as an error and as a reading; any end where the provider does not say why. */
export function consentEnd(
  { tellsConsentEnds }: Pick<ProviderSubject, 'tellsConsentEnds'>,
  cause: 'expired' | 'revoked',
): { error: unknown; reading: unknown } {
  if (tellsConsentEnds)
    return { error: dropError(`consent_${cause}`, 'refused'), reading: { kind: 'ended', cause } };
  const code: unknown = expect.stringMatching(/^consent_(expired|revoked|ended)$/);
  return { error: expect.objectContaining({ code }), reading: expect.objectContaining({ kind: 'ended' }) };
}

/** A thrown `DropError` of `code`, and of `outcome` where it matters. */
export const dropError = (code: ErrorCode, outcome?: Outcome): unknown =>
  expect.objectContaining({ code, ...(outcome && { details: expect.objectContaining({ outcome }) }) });

export function capability<Capability>(value: Capability | undefined): Capability {
  expect(value).toBeDefined();
  return value as Capability;
}

/** The consents that were granted, by their grants. */
const consents = new WeakMap<ConsentGrant, ConsentKey>();

/** What reaches a granted consent, with the secrets that the provider kept for it. */
export function consentKeyOf(grant: ConsentGrant): ConsentKey {
  return capability(consents.get(grant));
}

export function accountKeyOf(grant: ConsentGrant, account = firstAccount(grant)): AccountKey {
  return { reference: account.reference, consent: consentKeyOf(grant) };
}

interface BegunConsent {
  parameters: URLSearchParams;
  request: ConsentRequest;
  /** As the start named the consent, where it did. */
  reference: string | undefined;
  /** By the client that began it, or by another. */
  complete: (client?: OpenBankingProvider) => Promise<ConsentGrant>;
}

/** Begins a consent and answers at the bank with the button `choice`. */
export async function consent(
  stack: OpenBankingStack,
  bankId: string,
  choice = 'approve',
): Promise<BegunConsent> {
  const ais = capability(stack.provider.ais);
  const request = consentRequest(bankId);
  const { next, reference } = await ais.startConsent(request, attended);
  const parameters = await stack.visit(redirectUrlOf(next), choice);
  const pending = { ...request, reference };
  return {
    parameters,
    request,
    reference,
    async complete(client = stack.provider) {
      const progress = await capability(client.ais).completeConsent({ parameters, pending }, attended);
      if (progress.kind !== 'granted') throw new RangeError('the consent is granted');
      consents.set(progress.grant, { ...request, reference: progress.grant.reference });
      return progress.grant;
    },
  };
}

/** Completes with other parameters than the bank's. */
export async function completeWith(stack: OpenBankingStack, parameters: URLSearchParams): Promise<unknown> {
  const ais = capability(stack.provider.ais);
  const pending = { ...consentRequest(await bankIdAt(ais)), reference: undefined };
  return ais.completeConsent({ parameters, pending }, attended);
}

export function firstAccount(grant: ConsentGrant): ConsentGrant['accounts'][number] {
  return capability(grant.accounts[0]);
}
