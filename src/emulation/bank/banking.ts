import { maskAccountNumber } from '#domain/banking/account-number.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { bankActions } from './actions.ts';
import type { SandboxBankCustomer } from './customers.ts';
import { createSettlement, type Settlement } from './settlement.ts';
import {
  consentStatusAt,
  createWorld,
  type BankConsent,
  type BankPayment,
  type PlannedOutcome,
  type World,
} from './world.ts';

/** The banks behind a provider's emulator: what they remember, what they do by themselves, what may be done to them. */
export interface Banking<Consent extends BankConsent, Payment extends BankPayment> extends Required<
  Pick<Emulator, 'persistence' | 'actions'>
> {
  /** Replaced by a reset, hence asked for anew. */
  world(): World<Consent, Payment>;
  settlement: Settlement<Payment>;
  reset(): void;
  /** For the control plane: no keys, no codes, no whole account numbers. */
  state(): Record<'consents' | 'payments' | 'accounts', unknown[]>;
  /** How the next payment will end; undefined where nothing was decided. */
  nextOutcome(): PlannedOutcome | undefined;
}

const stepMsDefault = 700;

export function createBanking<Consent extends BankConsent, Payment extends BankPayment>(
  context: EmulatorContext,
  options: {
    customers: readonly SandboxBankCustomer[];
    /** Between two steps of a payment, in milliseconds. */
    settlementStepMs: number | undefined;
    /** To be raised when what the provider's emulator remembers of consents and payments changes. */
    version: number;
    /** A payment has another status, of which the provider may tell. */
    onPaymentChange(payment: Payment): void;
  },
): Banking<Consent, Payment> {
  let world = createWorld<Consent, Payment>(options.customers);
  const settlement = createSettlement<Payment>({
    clock: context.clock,
    stepMs: options.settlementStepMs ?? stepMsDefault,
    world: () => world,
    onChange: (payment) => options.onPaymentChange(payment),
  });
  const version = `${worldVersion}.${options.version}`;
  return {
    world: () => world,
    settlement,
    actions: bankActions(() => world, {
      ...context,
      proceed: (payment) => settlement.proceed(payment as Payment),
      expire: (payment) => settlement.expire(payment as Payment),
    }),
    reset() {
      world = createWorld(options.customers);
    },
    persistence: {
      save: (): Saved<Consent, Payment> => ({ version, world }),
      restore(saved) {
        if (!isSaved<Consent, Payment>(saved, version)) return;
        world = saved.world;
        for (const payment of world.payments.values()) settlement.proceed(payment);
      },
    },
    state: () => stateOf(world, context.clock.now()),
    nextOutcome: () => world.nextPlan,
  };
}

/** To be raised when `World` changes: what was saved in another shape is forgotten. */
const worldVersion = 6;

interface Saved<Consent extends BankConsent, Payment extends BankPayment> {
  version: string;
  world: World<Consent, Payment>;
}

function isSaved<Consent extends BankConsent, Payment extends BankPayment>(
  saved: unknown,
  version: string,
): saved is Saved<Consent, Payment> {
  return typeof saved === 'object' && saved !== null && 'version' in saved && saved.version === version;
}

function stateOf(
  { consents, payments, accounts }: World<BankConsent, BankPayment>,
  now: Date,
): Record<'consents' | 'payments' | 'accounts', unknown[]> {
  return {
    consents: consents.map((consent) => ({
      reference: consent.reference,
      bank: consent.bank.name,
      status: consentStatusAt(consent, now),
      validUntil: consent.validUntil,
      accounts: consent.accounts.length,
    })),
    payments: [...payments.values()].map(({ id, bank, status, isFinal, reasonCode, order, plan, dueOn }) => ({
      id,
      bank: bank.name,
      status,
      isFinal,
      reasonCode,
      amountOere: order.amountOere,
      plan,
      dueOn,
    })),
    accounts: accounts.map(({ bank, accountNumber, bookedOere, reservedOere }) => ({
      bank: bank.name,
      account: maskAccountNumber(accountNumber),
      bookedOere,
      reservedOere,
    })),
  };
}
