import { DropError } from '#domain/errors.ts';
import { noStep } from '#domain/banking/next-step.ts';
import type {
  AccountInformation,
  ConsentGrant,
  OpenBankingProvider,
  PaymentInitiation,
  PaymentReport,
} from '#services/open-banking/service.ts';
import { listAccounts, type BankAccount } from '#store/bank-accounts.ts';
import type { User } from '#store/users.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

export const access = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'test' } as const;
export const page = 'https://bank.example/approve?token=1';

/** A provider that does not exist, whose answers a test gives one by one. */
export class MadeUpBank {
  readonly context: TestContext;
  readonly user: User;
  provider: OpenBankingProvider & { ais: AccountInformation; pis: PaymentInitiation };

  private constructor(context: TestContext, user: User) {
    this.context = context;
    this.user = user;
    this.provider = { id: 'made-up', ais: ais(), pis: pis(), onPaymentHint: () => undefined };
    context.services.openBanking = {
      forNewConsent: () => this.provider,
      pinned: () => this.provider,
      all: () => [this.provider],
    };
  }

  static async start(): Promise<MadeUpBank> {
    return MadeUpBank.on(await testContext());
  }

  /** The same in a given context, with a new customer unless one is given. */
  static async on(context: TestContext, user?: User): Promise<MadeUpBank> {
    return new MadeUpBank(context, user ?? (await customer(context)));
  }

  grant(reference = 'consent-1'): ConsentGrant {
    const validUntil = new Date(this.context.clock.now().getTime() + 90 * 86_400_000);
    return { reference, bankId: 'dnb-accounts', validUntil, accounts: [account] };
  }

  async accounts(): Promise<BankAccount[]> {
    return listAccounts(this.context.store.database, this.user.id, this.context.clock.now());
  }
}

const account = {
  reference: 'account-1',
  identity: 'a-1',
  accountNumber: '12345678903',
  name: 'Brukskonto',
  ownerName: undefined,
  currency: 'NOK',
};

/** What a test does not replace is refused. */
const unexpected = async (): Promise<never> =>
  Promise.reject(new DropError('provider_refused', { message: 'not in this test', outcome: 'refused' }));

function ais(): AccountInformation {
  return {
    listBanks: async () => [
      {
        id: 'dnb-accounts',
        name: 'DNB',
        bic: 'DNBANOKK',
        maximumConsentValiditySeconds: 7_776_000,
        readsBalances: true,
        paymentBankId: 'dnb-payments',
      },
    ],
    startConsent: unexpected,
    completeConsent: unexpected,
    readConsent: unexpected,
    revokeConsent: async () => undefined,
    readBalance: async () => ({
      money: { amount: 1_000_000, currency: 'NOK' },
      kind: 'available',
      wireType: 'ITAV',
    }),
  };
}

function pis(): PaymentInitiation {
  return {
    needsApproval: true,
    quarantineMs: 86_400_000,
    idempotentInitiation: false,
    initiatePayment: unexpected,
    readPayment: unexpected,
  };
}

/** What the bank reports of a payment, without anything of the order. */
export function report(change: Partial<PaymentReport> = {}): PaymentReport & { next: typeof noStep } {
  return {
    reference: 'payment-1',
    status: 'awaiting_authorisation',
    wireStatus: 'RCVD',
    reason: undefined,
    reasonCode: undefined,
    creditorCredited: false,
    order: { kind: 'not_promised' },
    ...change,
    next: noStep,
  };
}
