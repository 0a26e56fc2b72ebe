import { createPaymentInitiation } from '#services/open-banking/enable-banking/payment-initiation.ts';
import { recorded } from '#services/open-banking/enable-banking/recorded.ts';
import { createApi, type EnableBankingApi } from '#services/open-banking/enable-banking/client.ts';
import type { BankDirectory } from '#services/open-banking/enable-banking/banks.ts';
import type { ListReader } from '#services/listed-items.ts';
import { fixture } from '#services/open-banking/enable-banking/fixture.ts';
import { createWebhookKeys } from '#services/open-banking/enable-banking/webhook-keys.ts';
import { aspspsSchema } from '#services/open-banking/enable-banking/wire.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import { bankEndings, initiationEndings, webhookKeyEndings } from '../../outbound/fault-matrix/endings.ts';
import { json, type Drive, type Operation } from '../../outbound/fault-matrix/operation.ts';
import { memorySecrets, paymentKey } from '../../support/provider-keys.ts';

const read = { provider: 'enable-banking', repeatable: true, endings: bankEndings };
const errorInside = { code: 500, error: 'ASPSP_ERROR', message: 'canary' };
const of = (name: string): object => fixture(name) as object;
const [bank] = aspspsSchema.parse(fixture('aspsps'));
const session = { status: 'AUTHORIZED', access: { valid_until: '2026-08-22T14:20:00Z' } };

const banks: BankDirectory = {
  list: async () => [],
  find: async () => {
    if (!bank) throw new Error('the fixture holds a bank');
    return bank;
  },
};

const order: PaymentRequest = {
  bankId: 'DNB',
  order: {
    money: { amount: 12_550, currency: 'NOK' },
    debtorAccountNumber: '12345678903',
    creditorName: 'Nordlys Strøm AS',
    creditorAccountNumber: '99605730024',
    remittance: { kind: 'none' },
    execution: { kind: 'normal' },
  },
  paymentId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  state: 'state',
  redirectUri: 'https://drop.example/callback',
  webhookUrl: undefined,
  customer: { id: 'c-1' },
  secrets: memorySecrets(),
  locale: 'nb',
};

const authorization = {
  access: { valid_until: '2026-08-22T14:20:00Z', balances: true, transactions: false },
  aspsp: { name: 'DNB', country: 'NO' },
  state: 'state',
  redirect_url: 'https://drop.example/callback',
  psu_type: 'personal',
  language: 'nb',
  psu_id: 'c-1',
} as const;

function api({ outbound, origin }: Drive): EnableBankingApi {
  const readLists: ListReader = (_operation, parse) => parse();
  return createApi({ apiUrl: origin, outbound, token: async () => 'token', readLists });
}

const payments = (drive: Drive) => createPaymentInitiation({ api: api(drive), banks, clock: drive.clock });

export const recordedOperations = Object.keys(recorded);

/** Everything that the production client calls, for the fault matrix. */
export const operations: Operation[] = [
  {
    ...read,
    name: 'enable-banking.list_aspsps',
    absorbs: '1 bank',
    payload() {
      const entry = { name: 'DNB', country: 'NO', maximum_consent_validity: 1 };
      const unknownWord = { aspsps: [{ ...entry, payments: [{ payment_type: 'QQ', psu_type: 'QQ' }] }] };
      return json({ aspsps: [entry] }, { errorInside, unknownWord });
    },
    drive: async (drive) => `${(await api(drive).listAspsps('NO', 'AIS')).length} bank`,
  },
  {
    ...read,
    name: 'enable-banking.start_authorization',
    payload: () => json({ url: 'https://bank.example/consent' }, { errorInside }),
    async drive(drive) {
      await api(drive).startAuthorization(authorization);
      return 'consent begun';
    },
  },
  {
    ...read,
    name: 'enable-banking.authorize_session',
    repeatable: false,
    payload: () => json(of('authorized-session'), { errorInside }),
    drive: async (drive) => `${(await api(drive).authorizeSession('code')).accounts.length} accounts`,
  },
  {
    ...read,
    name: 'enable-banking.get_session',
    absorbs: 'session unknown',
    but: { '200 with an error inside': 'session unknown', 'JSON of another form': 'session unknown' },
    payload: () => json(session, { errorInside, unknownWord: { ...session, status: 'QQ' } }),
    drive: async (drive) => `session ${(await api(drive).getSession('s-1')).status}`,
  },
  {
    ...read,
    name: 'enable-banking.delete_session',
    but: { 'status 204': 'revoked' },
    payload: () => json({ message: 'OK' }, { errorInside }),
    async drive(drive) {
      await api(drive).deleteSession('s-1');
      return 'revoked';
    },
  },
  {
    ...read,
    name: 'enable-banking.get_account_details',
    payload: () => json({ currency: 'NOK', identification_hash: 'hash-one' }, { errorInside }),
    async drive(drive) {
      const options = { bankId: 'DNB', psuHeaders: { 'Psu-Ip-Address': '192.0.2.1' } };
      return `account in ${(await api(drive).getAccountDetails('uid', options)).currency}`;
    },
  },
  {
    ...read,
    name: 'enable-banking.get_balances',
    absorbs: '1 balance',
    payload() {
      const balance = (type: string): object => ({
        balances: [{ balance_type: type, balance_amount: { currency: 'NOK', amount: '1.00' } }],
      });
      return json(balance('ITAV'), { errorInside, unknownWord: balance('QQ') });
    },
    async drive(drive) {
      const options = { bankId: 'DNB', psuHeaders: { 'Psu-Ip-Address': '192.0.2.1' } };
      return `${(await api(drive).getBalances('uid', options)).balances.length} balance`;
    },
  },
  {
    ...read,
    name: 'enable-banking.get_transactions',
    absorbs: '1 transaction',
    payload() {
      const page = (status: string): object => ({
        transactions: [
          {
            transaction_amount: { currency: 'NOK', amount: '1.00' },
            credit_debit_indicator: 'DBIT',
            status,
          },
        ],
      });
      return json(page('BOOK'), { errorInside, unknownWord: page('QQ') });
    },
    async drive(drive) {
      const options = { bankId: 'DNB', psuHeaders: { 'Psu-Ip-Address': '192.0.2.1' } };
      const query = { from: '2026-02-22', to: '2026-02-23', continuationKey: undefined };
      return `${(await api(drive).getTransactions('uid', query, options)).transactions.length} transaction`;
    },
  },
  {
    ...read,
    name: 'enable-banking.create_payment',
    repeatable: false,
    endings: initiationEndings,
    absorbs: 'payment awaiting_authorisation',
    payload() {
      const good = of('created-payment');
      return json(good, { errorInside, unknownWord: { ...good, status: 'QQ' } });
    },
    drive: async (drive) => `payment ${(await payments(drive).initiatePayment(order, access)).status}`,
  },
  {
    ...read,
    name: 'enable-banking.get_payment',
    absorbs: 'payment unknown',
    payload() {
      const good = of('payment');
      return json(good, { errorInside, unknownWord: { ...good, status: 'QQ' } });
    },
    drive: async (drive) => `payment ${(await payments(drive).readPayment(paymentKey('p-1'))).status}`,
  },
  {
    ...read,
    name: 'enable-banking.get_webhook_certificate',
    endings: webhookKeyEndings,
    payload: () => ({
      ...json({}, { errorInside }),
      type: 'application/x-pem-file',
      good: '-----BEGIN PUBLIC KEY-----',
    }),
    async drive({ outbound, origin, clock }) {
      const keys = createWebhookKeys({ webhookHost: origin, clock, createOutbound: () => outbound });
      return (await keys.keyAt(`${origin}/certificate`)) ? 'a key' : 'no key';
    },
  },
];

const access = { kind: 'attended', ipAddress: '192.0.2.1', userAgent: 'test' } as const;
