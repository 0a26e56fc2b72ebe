import { systemClock } from '#domain/clock.ts';
import { createSealKeys } from '#services/open-banking/berlin-group/emulator/keys.ts';
import { berlinGroup } from '#services/open-banking/berlin-group/provider.ts';
import { recorded } from '#services/open-banking/berlin-group/recorded.ts';
import { drivenClient } from '../../outbound/fault-matrix/driven-client.ts';
import { bankEndings, initiationEndings, oneEnding } from '../../outbound/fault-matrix/endings.ts';
import { json, type Operation } from '../../outbound/fault-matrix/operation.ts';
import { memorySecrets } from '../../support/provider-keys.ts';
import { capability, consentRequest, paymentRequest } from '../open-banking-subjects.ts';

export const recordedOperations = Object.keys(recorded);

const keys = await createSealKeys(systemClock.now());
const access = { kind: 'attended', ipAddress: '192.0.2.1', userAgent: 'test' } as const;
const read = { provider: 'berlin-group', repeatable: true, endings: bankEndings };
const errorInside = { tppMessages: [{ category: 'ERROR', code: 'INTERNAL_SERVER_ERROR', text: 'canary' }] };
const notFound = { tppMessages: [{ category: 'ERROR', code: 'RESOURCE_UNKNOWN' }] };
const link = (href: string) => ({ href });

const { ais, pis } = drivenClient(berlinGroup, (origin) => ({
  BERLIN_GROUP_API_URL: origin,
  BERLIN_GROUP_SEAL_CERTIFICATE: keys.certificatePem,
  OPENBANKING_CLIENT_ID: keys.clientId,
  OPENBANKING_CLIENT_SECRET: keys.privateKeyPem,
}));

const consentKey = (bankId = 'dnb') => ({
  reference: `${bankId}:c-1`,
  bankId,
  secrets: memorySecrets({
    self: '/consents/c-1',
    'balances:a-1': '/accounts/a-1/balances',
    'transactions:a-1': '/accounts/a-1/transactions',
  }),
});

const paymentKey = (bankId: string) => ({
  reference: `${bankId}:/payments/p-1`,
  bankId,
  secrets: memorySecrets({ status: '/payments/p-1/status', scaStatus: '/payments/p-1/authorisations/1' }),
});

const redirect = { self: link('/c-1'), scaRedirect: link('https://bank.example/approve') };
const startedConsent = { consentStatus: 'received', consentId: 'c-1', _links: redirect };
const inApp = {
  ...startedConsent,
  _links: {
    self: link('/consents/c-1'),
    startAuthorisationWithPsuIdentification: link('/consents/c-1/authorisations'),
  },
};
const consent = { consentStatus: 'valid', validUntil: '2026-08-22' };
const authorisation = { scaStatus: 'received', authorisationId: '1', psuMessage: 'App', _links: {} };
const account = (links: object): object => ({ resourceId: 'a-1', bban: '12345678903', _links: links });
const accounts = { accounts: [account({ balances: link('/accounts/a-1/balances') })] };
const balance = (balanceType: string): object => ({
  balances: [{ balanceType, balanceAmount: { currency: 'NOK', amount: '1.00' }, creditLimitIncluded: false }],
});
const entry = { transactionAmount: { currency: 'NOK', amount: '-1.00' } };
const statement = (booked: object): object => ({
  transactions: { booked: [booked], pending: [], _links: {} },
});
const payment = { transactionStatus: 'RCVD', paymentId: 'p-1', _links: { ...redirect, self: link('/p-1') } };
const answers = (body: object) => ({ status: 200, body: JSON.stringify(body) });
const absorbsStatus = {
  absorbs: 'payment unknown',
  payload: () => json(payment, { errorInside, unknownWord: { ...payment, transactionStatus: 'QQQQ' } }),
};

/** Everything that the production client calls, for the fault matrix. */
export const operations: Operation[] = [
  {
    ...read,
    name: 'berlin-group.start_consent',
    absorbs: 'consent begun',
    payload: () =>
      json(startedConsent, { errorInside, unknownWord: { ...startedConsent, consentStatus: 'QQ' } }),
    async drive(drive) {
      await ais(drive).startConsent(consentRequest('dnb'), access);
      return 'consent begun';
    },
  },
  {
    ...read,
    name: 'berlin-group.start_authorisation',
    before: { 'berlin-group.start_consent': answers(inApp) },
    absorbs: 'decoupled',
    payload: () => json(authorisation, { errorInside, unknownWord: { ...authorisation, scaStatus: 'QQ' } }),
    drive: async (drive) =>
      (await ais(drive).startConsent(consentRequest('handelsbanken'), access)).next.kind,
  },
  {
    ...read,
    name: 'berlin-group.read_consent',
    absorbs: 'consent pending',
    payload: () => json(consent, { errorInside, unknownWord: { ...consent, consentStatus: 'QQ' } }),
    drive: async (drive) => `consent ${(await ais(drive).readConsent(consentKey())).kind}`,
  },
  {
    ...read,
    name: 'berlin-group.end_consent',
    but: { 'status 204': 'ended' },
    payload: () => ({ ...json({}, { errorInside }), type: 'text/plain', good: '' }),
    async drive(drive) {
      await ais(drive).revokeConsent(consentKey());
      return 'ended';
    },
  },
  {
    ...read,
    name: 'berlin-group.list_accounts',
    before: { 'berlin-group.read_consent': answers(consent) },
    payload: () => json(accounts, { errorInside }),
    async drive(drive) {
      const pending = { ...consentRequest('dnb'), ...consentKey() };
      const returned = { parameters: new URLSearchParams(), pending };
      return (await ais(drive).completeConsent(returned, access)).kind;
    },
  },
  {
    ...read,
    name: 'berlin-group.read_balances',
    absorbs: '100 øre other',
    payload: () => json(balance('interimAvailable'), { errorInside, unknownWord: balance('QQ') }),
    async drive(drive) {
      const key = { reference: 'a-1', consent: consentKey() };
      const { money, kind } = await ais(drive).readBalance(key, access);
      return `${money.amount} øre ${kind}`;
    },
  },
  {
    ...read,
    name: 'berlin-group.read_transactions',
    absorbs: '1 transaction',
    payload: () =>
      json(statement(entry), { errorInside, unknownWord: statement({ ...entry, status: 'QQ' }) }),
    async drive(drive) {
      const key = { reference: 'a-1', consent: consentKey() };
      const period = { from: '2026-02-22', to: '2026-02-23' };
      const { readTransactions } = capability(ais(drive).transactions);
      return `${(await readTransactions(key, period, access)).length} transaction`;
    },
  },
  {
    ...read,
    ...absorbsStatus,
    name: 'berlin-group.create_payment',
    repeatable: false,
    endings: initiationEndings,
    drive: async (drive) =>
      `payment ${(await pis(drive).initiatePayment(paymentRequest('dnb', {}, undefined), access)).status}`,
  },
  {
    ...read,
    ...absorbsStatus,
    name: 'berlin-group.read_payment',
    drive: async (drive) => `payment ${(await pis(drive).readPayment(paymentKey('dnb'))).status}`,
  },
  {
    ...read,
    name: 'berlin-group.read_payment_status',
    endings: oneEnding('payment rejected, undefined'),
    before: { 'berlin-group.read_payment': answers({ ...payment, transactionStatus: 'RJCT' }) },
    absorbs: 'payment rejected, insufficient_funds',
    payload() {
      const good = { transactionStatus: 'RJCT', fundsAvailable: false };
      return json(good, { errorInside, unknownWord: { ...good, transactionStatus: 'QQQQ' } });
    },
    async drive(drive) {
      const { status, reason } = await pis(drive).readPayment(paymentKey('dnb'));
      return `payment ${status}, ${reason}`;
    },
  },
  {
    ...read,
    name: 'berlin-group.read_sca_status',
    endings: oneEnding('bank_unavailable unknown'),
    absorbs: 'bank_unavailable unknown',
    before: { 'berlin-group.read_payment': { status: 404, body: JSON.stringify(notFound) } },
    payload: () => json({ scaStatus: 'started' }, { errorInside, unknownWord: { scaStatus: 'QQ' } }),
    drive: async (drive) => `payment ${(await pis(drive).readPayment(paymentKey('sparebank1'))).status}`,
  },
  {
    ...read,
    ...absorbsStatus,
    name: 'berlin-group.cancel_payment',
    repeatable: false,
    but: { 'status 204': 'payment cancelled' },
    drive: async (drive) =>
      `payment ${(await capability(pis(drive).cancelPayment)(paymentKey('dnb'), access)).status}`,
  },
];
