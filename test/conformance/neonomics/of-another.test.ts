import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { PaymentKey } from '#services/open-banking/service.ts';
import { attended, capability, dropError } from '../open-banking-subjects.ts';
import { NeonomicsWorld } from './world.ts';

let world: NeonomicsWorld;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
});
afterEach(() => world.close());

/** Answers in the emulator's place, by method and path. */
function lie(answers: Record<string, { status: number; body: object }>): void {
  const { routes } = world.stack.emulator;
  const { fetch } = routes;
  routes.fetch = (incoming, ...rest) => {
    const found = answers[`${incoming.method} ${new URL(incoming.url).pathname}`];
    return found ? Response.json(found.body, { status: found.status }) : fetch(incoming, ...rest);
  };
}

const path = (id: string): string => `/ics/v3/payments/domestic-scheduled-transfer/${id}`;
const stepTo = (id: string): object => ({
  errorCode: '1428',
  links: [{ type: 'GET', rel: 'payment', href: `${world.stack.origin}${path(id)}/authorize`, meta: { id } }],
});
const page = { links: [{ href: 'https://bank.example/approve', rel: 'Authorization URL' }] };

async function scheduled() {
  const date = dayAfter(osloDay(world.stack.clock.now()), 7);
  return world.initiate('SpareBank 1', { execution: { kind: 'on', date } });
}

const cancel = (key: PaymentKey) => capability(world.pis.cancelPayment)(key, attended);

test('a cancellation that is answered with the approval of another payment leads nowhere', async () => {
  const { key } = await scheduled();
  lie({
    [`DELETE ${path(key.reference)}`]: { status: 510, body: stepTo('p-2') },
    [`GET ${path('p-2')}/authorize`]: { status: 200, body: page },
  });
  expect(await cancel(key)).toMatchObject({ reference: 'p-2', next: { kind: 'none' } });
});

test('a page of approval that names another payment is not one to lead the customer to', async () => {
  const { key } = await scheduled();
  lie({
    [`DELETE ${path(key.reference)}`]: { status: 510, body: stepTo(key.reference) },
    [`GET ${path(key.reference)}/authorize`]: { status: 200, body: { ...page, paymentId: 'p-2' } },
  });
  expect(await cancel(key)).toMatchObject({ reference: 'p-2', next: { kind: 'none' } });
});

test('a page of approval that names the payment in other letters is its page', async () => {
  const { key } = await scheduled();
  const paymentId = key.reference.toUpperCase();
  lie({
    [`DELETE ${path(key.reference)}`]: { status: 510, body: stepTo(key.reference) },
    [`GET ${path(key.reference)}/authorize`]: { status: 200, body: { ...page, paymentId } },
  });
  expect(await cancel(key)).toMatchObject({
    reference: key.reference,
    next: { kind: 'redirect', url: 'https://bank.example/approve' },
  });
});

test('a consent before a payment that names none is not answered with its session as the payment', async () => {
  const { routes } = world.stack.emulator;
  const { fetch } = routes;
  routes.fetch = (incoming, ...rest) =>
    new URL(incoming.url).pathname.startsWith('/ics/v3/consent/')
      ? Response.json({ links: [{ href: 'https://bank.example/consent', rel: 'consent' }] })
      : fetch(incoming, ...rest);
  await expect(world.initiate('Nordea')).rejects.toEqual(dropError('payment_refused_by_bank', 'refused'));
});
