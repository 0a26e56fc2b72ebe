import { isFinal } from '#domain/payment/status.ts';
import type { Customer } from './customer.ts';
import { choose } from './draw.ts';
import type { FaultKind, PointKind } from './faults.ts';
import type { ProviderAbility } from './stage.ts';
import type { World } from './world.ts';

/** What customers and banks do, faults apart. */
export interface Scenario {
  name: string;
  provider: ProviderAbility;
  /** What goes wrong in every run of it. */
  alwaysAt?: (kind: PointKind, point: string, seed: number) => FaultKind | undefined;
  act(customer: Customer, world: World): Promise<void>;
}

const dayMs = 86_400_000;
const inThreeDays = '2026-02-26';

export const scenarios: readonly Scenario[] = [
  {
    name: 'settles',
    provider: 'approves_on_page',
    act: async (customer) => void (await customer.payAndDecide({ key: 'bill-1' }, 'approve')),
  },
  {
    name: 'settles-without-webhooks',
    provider: 'calls_back',
    act: async (customer) => void (await customer.payAndDecide({ key: 'bill-1' }, 'approve')),
  },
  {
    name: 'customer-cancels',
    provider: 'approves_on_page',
    act: async (customer) => void (await customer.payAndDecide({ key: 'bill-1' }, 'cancel')),
  },
  {
    name: 'answer-lost',
    provider: 'approves_on_page',
    alwaysAt: (kind, point) => (kind === 'call' && isFirstOrder(point) ? 'lost_answer' : undefined),
    async act(customer) {
      await customer.payAndDecide({ key: 'bill-1' }, 'approve');
      // The customer does not believe it and tries once more.
      await customer.payAndDecide({ key: 'bill-1' }, 'approve');
    },
  },
  {
    name: 'answer-lost-and-asked-in-app',
    provider: 'calls_back',
    alwaysAt: (kind, point) => (kind === 'call' && isFirstOrder(point) ? 'lost_answer' : undefined),
    async act(customer) {
      await customer.payAndDecide({ key: 'bill-1' }, 'approve');
      await customer.payAndDecide({ key: 'bill-1' }, 'approve');
    },
  },
  {
    name: 'scheduled-and-called-back',
    provider: 'calls_back',
    async act(customer, world) {
      const wish = { key: 'rent-1', executionDate: inThreeDays };
      const seen = await customer.payAndDecide(wish, 'approve');
      await world.pause(dayMs);
      if (seen) await customer.callBack(seen.id);
      if (seen) await customer.watch(seen.id, ({ status }) => isFinal(status));
    },
  },
  {
    name: 'two-tabs',
    provider: 'approves_on_page',
    async act(customer) {
      const tab = () => customer.payAndDecide({ key: 'bill-1' }, 'approve');
      await Promise.all([tab(), tab()]);
    },
  },
  {
    name: 'webhooks-out-of-order',
    provider: 'approves_on_page',
    alwaysAt: (kind, point, seed) =>
      kind === 'webhook' ? choose(seed, `order ${point}`, ['late', 'duplicate', undefined]) : undefined,
    act: async (customer) => void (await customer.payAndDecide({ key: 'bill-1' }, 'approve')),
  },
  {
    name: 'consent-ends-meanwhile',
    provider: 'approves_on_page',
    async act(customer, world) {
      const paid = await customer.pay({ key: 'bill-1' });
      await world.bank.emulator.actions?.['revoke_consents']?.({});
      if (paid?.link !== undefined) await customer.decide(paid.link, 'approve');
      await customer.payAndDecide({ key: 'bill-2', amountOere: 13_000 }, 'approve');
    },
  },
  {
    name: 'bank-rejects',
    provider: 'calls_back',
    async act(customer, world) {
      await world.bank.emulator.actions?.['payment_outcome']?.({ outcome: 'reject' });
      await customer.payAndDecide({ key: 'bill-1' }, 'approve');
    },
  },
];

/** A process's first hand-over of an order to the bank. */
function isFirstOrder(point: string): boolean {
  return /calls POST \S*payments\S* #1$/.test(point);
}
