import { DropError } from '#domain/errors.ts';
import type { ProviderSecrets } from '#services/open-banking/secret-state.ts';
import type { Answer, BankCalls } from './bank-calls.ts';
import type { DirectBank, DirectBanks } from './banks.ts';
import type { Links } from './links.ts';
import {
  accountsSchema,
  balancesSchema,
  consentSchema,
  paymentSchema,
  paymentStatusSchema,
  scaStatusSchema,
  startedConsentSchema,
  startedPaymentSchema,
  transactionsSchema,
  type ScaStatusWord,
  type StartedConsent,
  type StartedPayment,
  type WireAccount,
  type WireBalances,
  type WireConsent,
  type WirePayment,
  type WirePaymentStatus,
  type WireTransactions,
} from './wire.ts';

type Headers = Readonly<Record<string, string>>;

/** An answer that may name a way to approve, with the response header that says which. */
type Approvable<Body> = Body & { approach: string | undefined };

/** A resource of a bank, by the path of the link to it. */
export interface Resource {
  bank: DirectBank;
  link: string;
}

/** The consent as the bank names it in every call about accounts. */
export interface ConsentAtBank {
  bank: DirectBank;
  consentId: string;
}

/** The calls that Drop makes, by what they are about. All of them throw `DropError` as `errors.ts` says. */
export interface BerlinGroupApi {
  client: BankCalls;
  banks: DirectBanks;
  startConsent(bank: DirectBank, body: object, headers: Headers): Promise<Approvable<StartedConsent>>;
  readConsent(consent: Resource): Promise<WireConsent>;
  endConsent(consent: Resource): Promise<void>;
  listAccounts(consent: ConsentAtBank, presence: Headers): Promise<WireAccount[]>;
  readBalances(account: Resource, consent: ConsentAtBank, presence: Headers): Promise<WireBalances>;
  /** One page; the account is linked with the query. */
  readTransactions(account: Resource, consent: ConsentAtBank, presence: Headers): Promise<WireTransactions>;
  createPayment(
    bank: DirectBank,
    payment: { product: string; body: object; headers: Headers },
  ): Promise<Approvable<StartedPayment>>;
  readPayment(payment: Resource): Promise<WirePayment>;
  readPaymentStatus(status: Resource): Promise<WirePaymentStatus>;
  readScaStatus(authorisation: Resource): Promise<ScaStatusWord>;
}

export function createApi(client: BankCalls, banks: DirectBanks): BerlinGroupApi {
  const ofConsent = { subject: 'consent', repeatable: true } as const;
  const ofPayment = { subject: 'payment', repeatable: true } as const;
  return {
    client,
    banks,
    async startConsent(bank, json, headers) {
      // Begun twice, one of the two is never approved and runs out.
      const of = { ...ofConsent, operation: 'start_consent', method: 'POST', root: '/v1/consents' } as const;
      return approvable(await client.call({ ...of, bank, json, headers }, startedConsentSchema));
    },
    async readConsent(consent) {
      const of = { ...ofConsent, operation: 'read_consent', method: 'GET' } as const;
      return (await client.call({ ...of, ...consent }, consentSchema)).body;
    },
    async endConsent(consent) {
      const of = { ...ofConsent, operation: 'end_consent', method: 'DELETE' } as const;
      const { status } = await client.send({ ...of, ...consent, outlivesItsCause: true });
      if (status !== 204) throw notConfirmed(status);
    },
    async listAccounts({ bank, consentId }, presence) {
      const of = { operation: 'list_accounts', method: 'GET', root: '/v1/accounts' } as const;
      const headers = { 'consent-id': consentId, ...presence };
      const call = { ...of, ...reading(presence), bank, headers, subject: 'consent' } as const;
      return (await client.call(call, accountsSchema)).body;
    },
    async readBalances(account, { consentId }, presence) {
      const of = { operation: 'read_balances', method: 'GET', subject: 'account' } as const;
      const headers = { 'consent-id': consentId, ...presence };
      return (await client.call({ ...of, ...reading(presence), ...account, headers }, balancesSchema)).body;
    },
    async readTransactions(account, { consentId }, presence) {
      const of = { operation: 'read_transactions', method: 'GET', subject: 'account' } as const;
      const headers = { 'consent-id': consentId, ...presence };
      const call = { ...of, ...reading(presence), ...account, headers };
      return (await client.call(call, transactionsSchema)).body;
    },
    async createPayment(bank, { product, body: json, headers }) {
      const of = { operation: 'create_payment', method: 'POST', subject: 'payment' } as const;
      const root = `/v1/payments/${product}` as const;
      const call = { ...of, root, bank, json, headers, repeatable: false };
      return approvable(await client.call(call, startedPaymentSchema));
    },
    async readPayment(payment) {
      const of = { ...ofPayment, operation: 'read_payment', method: 'GET' } as const;
      return (await client.call({ ...of, ...payment }, paymentSchema)).body;
    },
    async readPaymentStatus(status) {
      const of = { ...ofPayment, operation: 'read_payment_status', method: 'GET' } as const;
      return (await client.call({ ...of, ...status }, paymentStatusSchema)).body;
    },
    async readScaStatus(authorisation) {
      const of = { ...ofPayment, operation: 'read_sca_status', method: 'GET' } as const;
      return (await client.call({ ...of, ...authorisation }, scaStatusSchema)).body.scaStatus;
    },
  };
}

/** As of links in an answer: a longer one could not be kept. */
const linkLengthMax = 2_000;

/** A created resource is linked as `self`, or in the header `Location` alone, as in the standard's own examples. */
function approvable<Body extends { _links: Links }>({
  body,
  approach,
  location,
}: Answer<Body>): Approvable<Body> {
  const created = location === undefined || location.length > linkLengthMax ? undefined : { self: location };
  return { ...body, _links: { ...created, ...body._links }, approach };
}

/** A page of something in front of the bank does not confirm the end of a consent. */
function notConfirmed(httpStatus: number): DropError {
  const message = 'berlin-group.end_consent: not as documented';
  const details = { message, outcome: 'unknown', provider: 'berlin-group', httpStatus } as const;
  return new DropError('provider_invalid_response', details);
}

/** Without the customer it spends one of the four reads of the day, and is then not repeated. */
function reading(presence: Headers): { repeatable: boolean } {
  return { repeatable: Object.keys(presence).length > 0 };
}

/**
 * The path of a link that was kept.
 *
 * @throws {DropError} `consent_ended` (`not_sent`) where it was not: without a link there is no way to the resource.
 */
export function keptLink(secrets: ProviderSecrets | undefined, name: string): string {
  const link = secrets?.[name];
  if (link !== undefined) return link;
  const message = `no link to ${name} is kept`;
  throw new DropError('consent_ended', { message, outcome: 'not_sent', provider: 'berlin-group' });
}
