import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fixture } from '#services/open-banking/enable-banking/fixture.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { listenOnLoopback, type LoopbackServer } from '../../support/loopback.ts';
import { EnableBankingWorld } from './world.ts';
import { paymentKey } from '../../support/provider-keys.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

describe('the client, on documented answers', () => {
  let server: LoopbackServer;
  let bank: Record<string, unknown>;
  let payment: Record<string, unknown>;

  beforeEach(async () => {
    server = await listenOnLoopback(0);
    const { aspsps } = z
      .object({ aspsps: z.tuple([z.looseObject({})], z.unknown()) })
      .parse(fixture('aspsps'));
    bank = aspsps[0];
    payment = { ...Object(fixture('payment')), status: 'ACSP', final_status: true };
    server.handle(({ url }) => Response.json(url.includes('/aspsps') ? { aspsps: [bank] } : payment));
  });
  afterEach(() => server.close());

  const readThere = async (): Promise<PaymentReport | undefined> =>
    world.stack.createClient({ ENABLE_BANKING_API_URL: server.origin }).pis?.readPayment(paymentKey('any'));

  test('does not take a final status for settlement that does not end a payment at this bank', async () => {
    expect(await readThere()).toMatchObject({ status: 'processing', wireStatus: 'ACSP' });
  });

  test('takes the final status for settlement that ends a payment at this bank', async () => {
    const domestic = { payment_type: 'DOMESTIC', psu_type: 'personal', final_successful_statuses: ['ACSP'] };
    bank = { ...bank, payments: [domestic] };
    expect(await readThere()).toMatchObject({ status: 'settled', wireStatus: 'ACSP' });
  });

  test('reads a payment though its bank has left the list', async () => {
    bank = { ...bank, name: 'Another' };
    payment = { ...payment, status: 'ACSC' };
    expect(await readThere()).toMatchObject({ status: 'settled' });
  });
});
