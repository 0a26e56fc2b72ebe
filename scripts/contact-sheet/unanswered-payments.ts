import { setTimeout as pause } from 'node:timers/promises';
import type { Journey } from '#cli/journey.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { StageAct } from '#http/contract/stage.ts';

const attemptsMax = 100;
const pauseMs = 200;

/** Orders a payment whose order the bank never answers, and returns its id. */
export async function unknownPayment(journey: Journey, origin: string): Promise<string> {
  await onStage(origin, { act: 'next_payment', outcome: 'unanswered' });
  // Drop answers the order with a problem or with the payment, as it stands by then.
  await journey.pay().catch(() => undefined);
  return idOf(journey, origin, 'unknown');
}

/**
 * The same, once Drop no longer expects it at the bank. A payment that the bank has and that is not approved in time
 * does not expire: the bank rejects it.
 */
export async function expiredPayment(journey: Journey, origin: string): Promise<string> {
  await unknownPayment(journey, origin);
  await onStage(origin, { act: 'expire_approvals' });
  return idOf(journey, origin, 'expired');
}

async function onStage(origin: string, act: StageAct): Promise<void> {
  const headers = { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const response = await fetch(`${origin}/__sandbox/stage`, {
    method: 'POST',
    headers,
    body: JSON.stringify(act),
  });
  if (!response.ok) throw new Error(`The stage answers ${response.status}: ${await response.text()}`);
}

/** The id of the customer's first payment in a status, which may take Drop some seconds. */
async function idOf({ cookies }: Journey, origin: string, status: PaymentStatus): Promise<string> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const response = await fetch(`${origin}/api/payments`, { headers: { cookie } });
    const { payments } = (await response.json()) as { payments: Payment[] };
    const found = payments.find((payment) => payment.status === status);
    if (found) return found.id;
    await pause(pauseMs);
  }
  throw new Error(`The sandbox did not bring a payment into the status ${status} for its picture.`);
}
