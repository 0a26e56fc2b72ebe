import { createApi } from '#services/open-banking/neonomics/client.ts';
import { fixture } from '#services/open-banking/neonomics/fixture.ts';
import { neonomics } from '#services/open-banking/neonomics/provider.ts';
import { recorded } from '#services/open-banking/neonomics/recorded.ts';
import type { PaymentKey, PaymentRequest } from '#services/open-banking/service.ts';
import { capability, consentRequest, paymentRequest } from '../open-banking-subjects.ts';
import { drivenClient } from '../../outbound/fault-matrix/driven-client.ts';
import {
  bankEndings,
  initiationEndings,
  notSentEndings,
  type Endings,
} from '../../outbound/fault-matrix/endings.ts';
import { json, type Drive, type Operation } from '../../outbound/fault-matrix/operation.ts';
import { memorySecrets } from '../../support/provider-keys.ts';

export const recordedOperations = Object.keys(recorded);

const access = { kind: 'attended', ipAddress: '192.0.2.1', userAgent: 'test' } as const;
const of = (name: string): object => fixture(name) as object;
const errorInside = { errorCode: '4930', message: 'canary' };
const read = { provider: 'neonomics', repeatable: true, endings: bankEndings };
const [bank] = fixture('banks') as [{ id: string }];
const token = of('token');
const payment = of('payment');
const session = { bankId: bank.id, bankName: 'DNB' };
const page = of('authorisation');

const answered = (status: number, body: object) => ({ status, body: JSON.stringify(body) });
const withToken = { 'neonomics.fetch_token': answered(200, token) };
const withBanks = { ...withToken, 'neonomics.list_banks': answered(200, fixture('banks') as object) };
const withSession = { ...withBanks, 'neonomics.create_session': answered(201, { sessionId: 's-1' }) };

const { ais, pis } = drivenClient(neonomics, (origin) => ({ NEONOMICS_API_URL: origin }));

const consentKey = () => ({
  reference: 's-1',
  bankId: bank.id,
  secrets: memorySecrets({ device: 'device' }),
});
const paymentKey = (): PaymentKey => ({
  reference: 'p-1',
  bankId: bank.id,
  secrets: memorySecrets({
    device: 'device',
    session: 's-1',
    state: 'state',
    redirectUri: 'https://drop.example/callback',
  }),
});
const order = (): PaymentRequest => paymentRequest(bank.id, {}, undefined);

async function startConsent(drive: Drive): Promise<string> {
  const { reference, next } = await ais(drive).startConsent(consentRequest(bank.id), access);
  return `consent ${reference}, ${next.kind}`;
}

async function completeConsent(drive: Drive): Promise<string> {
  const pending = { ...consentRequest(bank.id), ...consentKey() };
  const parameters = new URLSearchParams({ resource_id: 's-1', result: 'OK' });
  return (await ais(drive).completeConsent({ parameters, pending }, access)).kind;
}

async function continuePayment(drive: Drive, resource: string): Promise<string> {
  const parameters = new URLSearchParams({ resource_id: resource, result: 'OK' });
  const returned = { parameters, payment: paymentKey() };
  const { status, next } = await capability(pis(drive).continuePayment)(returned, access);
  return `payment ${status}, ${next.kind}`;
}

/** How a call ends whose failure leaves the payment as it is: without it the payment is known all the same. */
function always(ending: string): Endings {
  return Object.fromEntries(Object.keys(bankEndings).map((name) => [name, ending])) as Endings;
}

/** Everything that the production client calls, for the fault matrix. */
export const operations: Operation[] = [
  {
    ...read,
    name: 'neonomics.fetch_token',
    endings: notSentEndings,
    before: { 'neonomics.list_banks': answered(200, fixture('banks') as object) },
    payload: () => json(token, { errorInside: { error: 'invalid_client' } }),
    drive: async (drive) => `${(await ais(drive).listBanks()).length} bank`,
  },
  {
    ...read,
    name: 'neonomics.list_banks',
    before: withToken,
    payload: () => json(fixture('banks') as object, { errorInside }),
    drive: async (drive) => `${(await ais(drive).listBanks()).length} bank`,
  },
  {
    ...read,
    name: 'neonomics.create_session',
    before: { ...withBanks, 'neonomics.list_accounts': answered(200, []) },
    payload: () => json({ sessionId: 's-1' }, { errorInside }),
    drive: startConsent,
  },
  {
    ...read,
    name: 'neonomics.list_accounts',
    before: { ...withToken, 'neonomics.get_session': answered(200, session) },
    payload: () => json(fixture('accounts') as object, { errorInside }),
    drive: completeConsent,
  },
  {
    ...read,
    name: 'neonomics.get_session',
    before: { ...withToken, 'neonomics.list_accounts': answered(200, fixture('accounts') as object) },
    payload: () => json(session, { errorInside }),
    drive: completeConsent,
  },
  {
    ...read,
    name: 'neonomics.get_consent',
    payload: () => json(page, { errorInside }),
    async drive({ outbound, origin }) {
      const tokens = { token: async () => 'token', forget: () => undefined };
      const api = createApi({ apiUrl: origin, outbound, tokens, readLists: (_operation, parse) => parse() });
      const visit = { device: 'device', session: 's-1', bankId: bank.id };
      const { links } = await api.getConsent('/ics/v3/consent/s-1?scope=accounts', visit, {});
      return `${links.length} page`;
    },
  },
  {
    ...read,
    name: 'neonomics.delete_session',
    before: withToken,
    but: { 'status 204': 'revoked', 'JSON of another form': 'revoked' },
    payload: () => json({}, { errorInside }),
    async drive(drive) {
      await ais(drive).revokeConsent(consentKey());
      return 'revoked';
    },
  },
  {
    ...read,
    name: 'neonomics.get_balances',
    before: withToken,
    absorbs: 'other',
    endings: { ...bankEndings, rateLimited: 'bank_rate_limited refused' },
    payload() {
      const unknownWord = [{ amount: '1.00', currency: 'NOK', type: 'TELEPORTED' }];
      return json(fixture('balances') as object, { errorInside, unknownWord });
    },
    async drive(drive) {
      const account = { reference: 'a-1', consent: consentKey() };
      return (await ais(drive).readBalance(account, access)).kind;
    },
  },
  {
    ...read,
    name: 'neonomics.create_payment',
    repeatable: false,
    before: withSession,
    endings: initiationEndings,
    absorbs: 'payment unknown',
    payload: () =>
      json(of('created-payment'), {
        errorInside,
        unknownWord: { ...of('created-payment'), status: 'TELEPORTED' },
      }),
    drive: async (drive) => `payment ${(await pis(drive).initiatePayment(order(), access)).status}`,
  },
  {
    ...read,
    name: 'neonomics.authorise_payment',
    before: withToken,
    endings: always('payment awaiting_authorisation, none'),
    payload: () => json(page, { errorInside }),
    drive: (drive) => continuePayment(drive, 's-1'),
  },
  {
    ...read,
    name: 'neonomics.complete_payment',
    before: { ...withToken, 'neonomics.get_payment': answered(200, payment) },
    absorbs: 'payment unknown, none',
    endings: always('payment authorised, none'),
    payload: () =>
      json(of('created-payment'), {
        errorInside,
        unknownWord: { ...of('created-payment'), status: 'TELEPORTED' },
      }),
    drive: (drive) => continuePayment(drive, 'p-1'),
  },
  {
    ...read,
    name: 'neonomics.cancel_payment',
    repeatable: false,
    before: withToken,
    absorbs: 'payment unknown',
    payload: () =>
      json(of('created-payment'), {
        errorInside,
        unknownWord: { ...of('created-payment'), status: 'TELEPORTED' },
      }),
    async drive(drive) {
      const cancelled = await capability(pis(drive).cancelPayment)(paymentKey(), access);
      return `payment ${cancelled.status}`;
    },
  },
  {
    ...read,
    name: 'neonomics.get_payment',
    before: withToken,
    absorbs: 'payment unknown',
    payload: () => json(payment, { errorInside, unknownWord: { ...payment, status: 'TELEPORTED' } }),
    drive: async (drive) => `payment ${(await pis(drive).readPayment(paymentKey())).status}`,
  },
];
