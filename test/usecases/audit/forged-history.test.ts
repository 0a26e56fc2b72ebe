import { expect, test } from 'vitest';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { appendPaymentEvent, type PaymentEvent } from '#store/payment-events.ts';
import { notify } from '#usecases/notify/notify.ts';
import { auditedTrail, type Trail } from './trail.ts';

/**
 * What a person with the database's password can do until the root of the day is signed, and with the signing key also
 * later: write an event with an entry whose hashes are right, and the row that goes with it.
 */
async function forge(
  { bank, tamper }: Trail,
  id: string,
  event: Partial<PaymentEvent> & { status: PaymentStatus },
): Promise<void> {
  const { context, user } = bank;
  const at = context.clock.now();
  const said = { evidence: 'webhook', wireStatus: 'WORD', reasonCode: undefined } as const;
  const forged = { ...said, outcome: 'moved', differences: [], at, salt: context.entropy.token() } as const;
  await context.store.database.transaction().execute(async (transaction) => {
    await appendPaymentEvent(transaction, { id, userId: user.id }, { ...forged, ...event });
  });
  const settledAt = event.status === 'settled' ? 'updated_at' : 'null';
  await tamper(
    `update transactions set status = '${event.status}', settled_at = ${settledAt} where id = '${id}'`,
  );
}

async function tell({ bank }: Trail, paymentId: string, code: 'payment_settled'): Promise<void> {
  const { context, user } = bank;
  await context.store.database.transaction().execute(async (transaction) => {
    await notify(context, transaction, { userId: user.id, code, parameters: { paymentId } });
  });
}

test('a history whose hashes are right, and that no payment can have, is found by its laws', async () => {
  const trail = await auditedTrail();
  const ids = {
    back: await trail.pay(),
    unproven: await trail.pay('awaiting_authorisation'),
    skipped: await trail.pay('awaiting_authorisation'),
    repeated: await trail.pay(),
    sound: await trail.pay(),
  };
  await forge(trail, ids.back, { status: 'processing' });
  await forge(trail, ids.unproven, { status: 'settled', wireStatus: undefined });
  await tell(trail, ids.unproven, 'payment_settled');
  await forge(trail, ids.skipped, { status: 'failed', evidence: 'poll', wireStatus: undefined });
  await tell(trail, ids.repeated, 'payment_settled');
  await trail.nextDay();
  await trail.nextDay();

  const { findings } = await trail.verify();
  const found = Object.entries(ids).map(([name, id]) => {
    const own = findings.filter(({ payment }) => payment === id);
    return [name, own.map(({ fault, sequence }) => `${fault} ${sequence ?? ''}`.trim())];
  });
  expect(Object.fromEntries(found)).toEqual({
    back: ['final_left 5', 'told_wrongly'],
    unproven: ['unproven 3'],
    skipped: ['move_not_allowed 3', 'not_told'],
    repeated: ['told_again'],
    sound: [],
  });
  expect(findings.filter(({ payment }) => payment === undefined)).toEqual([]);
});
