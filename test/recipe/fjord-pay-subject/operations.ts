import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import type { PaymentRequest, SteppedPayment } from '#services/open-banking/service.ts';
import { capability, consentRequest, paymentRequest } from '../../conformance/open-banking-subjects.ts';
import { drivenClient } from '../../outbound/fault-matrix/driven-client.ts';
import { bankEndings, initiationEndings } from '../../outbound/fault-matrix/endings.ts';
import { json, type Operation } from '../../outbound/fault-matrix/operation.ts';
import { memorySecrets } from '../../support/provider-keys.ts';

const id = 'fjord-pay';
const providers: readonly ProviderDefinition[] = openBankingProviders;
const definition = providers.find((provider) => provider.id === id);

export const recordedOperations = Object.keys(definition?.recorded ?? {});

const access = { kind: 'attended', ipAddress: '192.0.2.1', userAgent: 'test' } as const;
const read = { provider: id, repeatable: true, endings: bankEndings };
const errorInside = { error: 'bank_down' };
const approval = { kind: 'exempted' };
const bank = { account_bank_id: 'acc-dnb', payment_bank_id: 'pay-dnb', name: 'DNB', consent_days: 180 };
const before = { 'fjord-pay.list_banks': { status: 200, body: JSON.stringify({ banks: [bank] }) } };
const consent = { consent_id: 'c-1', bank_id: 'acc-dnb', valid_until: '2026-08-22T14:20:00Z', accounts: [] };
const active = { ...consent, status: 'active', approval };
const transaction = { entry_id: 'e-1', state: 'booked', direction: 'out', amount: 100, currency: 'NOK' };
const payment = { payment_id: 'p-1', status: 'waiting', approval };
const unknownPayment = { ...payment, status: 'teleported' };
const paymentKey = { reference: 'p-1', bankId: 'pay-dnb', secrets: undefined };

const { ais, pis } = drivenClient(capability(definition), (origin) => ({ FJORD_PAY_API_URL: origin }));
const statusOf = ({ status }: SteppedPayment): string => `payment ${status}`;

const consentKey = (secrets = memorySecrets()) => ({ reference: 'c-1', bankId: 'acc-dnb', secrets });

const order = (): PaymentRequest => paymentRequest('pay-dnb', {}, undefined);
const ofPayment = {
  payload: () => json(payment, { errorInside, unknownWord: unknownPayment }),
  absorbs: 'payment unknown',
};

/** Everything that the production client calls, for the fault matrix. */
export const operations: Operation[] = [
  {
    ...read,
    name: 'fjord-pay.list_banks',
    payload: () => json({ banks: [bank] }, { errorInside }),
    drive: async (drive) => `${(await ais(drive).listBanks()).length} bank`,
  },
  {
    ...read,
    name: 'fjord-pay.start_consent',
    before,
    payload: () => json({ consent_id: 'c-1', approval }, { errorInside }),
    async drive(drive) {
      const { reference } = await ais(drive).startConsent(consentRequest('acc-dnb'), access);
      return `consent ${reference}`;
    },
  },
  {
    ...read,
    name: 'fjord-pay.redeem',
    repeatable: false,
    before: { 'fjord-pay.read_consent': { status: 200, body: JSON.stringify(active) } },
    payload: () => json({ access_token: 'a', refresh_token: 'r' }, { errorInside }),
    async drive(drive) {
      const pending = { ...consentRequest('acc-dnb'), reference: 'c-1' };
      const parameters = new URLSearchParams({ consentId: 'c-1', code: 'code' });
      return (await ais(drive).completeConsent({ parameters, pending }, access)).kind;
    },
  },
  {
    ...read,
    name: 'fjord-pay.read_consent',
    absorbs: 'consent pending',
    payload: () => json(active, { errorInside, unknownWord: { ...active, status: 'teleported' } }),
    drive: async (drive) => `consent ${(await ais(drive).readConsent(consentKey())).kind}`,
  },
  {
    ...read,
    name: 'fjord-pay.end_consent',
    payload: () => json({ ...consent, status: 'ended', approval }, { errorInside }),
    async drive(drive) {
      await ais(drive).revokeConsent(consentKey());
      return 'ended';
    },
  },
  {
    ...read,
    name: 'fjord-pay.read_balance',
    payload: () => json({ available: 100, currency: 'NOK' }, { errorInside }),
    async drive(drive) {
      const secrets = memorySecrets({ access: 'a', refresh: 'r' });
      const account = { reference: 'a-1', consent: consentKey(secrets) };
      return `${(await ais(drive).readBalance(account, access)).money.amount} øre`;
    },
  },
  {
    ...read,
    name: 'fjord-pay.read_transactions',
    payload: () => json({ transactions: [transaction] }, { errorInside }),
    async drive(drive) {
      const secrets = memorySecrets({ access: 'a', refresh: 'r' });
      const account = { reference: 'a-1', consent: consentKey(secrets) };
      const period = { from: '2026-08-01', to: '2026-08-31' };
      const { readTransactions } = capability(ais(drive).transactions);
      return `${(await readTransactions(account, period, access)).length} transaction`;
    },
  },
  {
    ...read,
    ...ofPayment,
    name: 'fjord-pay.create_payment',
    before,
    repeatable: false,
    endings: initiationEndings,
    drive: async (drive) => statusOf(await pis(drive).initiatePayment(order(), access)),
  },
  {
    ...read,
    ...ofPayment,
    name: 'fjord-pay.read_payment',
    drive: async (drive) => `payment ${(await pis(drive).readPayment(paymentKey)).status}`,
  },
  {
    ...read,
    ...ofPayment,
    name: 'fjord-pay.continue_payment',
    async drive(drive) {
      const parameters = new URLSearchParams({ paymentId: 'p-1' });
      const returned = { parameters, payment: paymentKey };
      return statusOf(await capability(pis(drive).continuePayment)(returned, access));
    },
  },
  {
    ...read,
    ...ofPayment,
    name: 'fjord-pay.cancel_payment',
    drive: async (drive) => statusOf(await capability(pis(drive).cancelPayment)(paymentKey, access)),
  },
];
