import { setTimeout as pause } from 'node:timers/promises';
import type { Journey } from '#cli/journey.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { StageAct } from '#http/contract/stage.ts';

const attemptsMax = 100;
const pauseMs = 200;

/** Orders a payment whose order the bank never answers, and returns its id. */
export async function unknownPayment(journey: Journey, origin: string): Promise<string> {
  await onStage(origin, { act: 'next_payment', outcome: 'unanswered' });
  // Drop answers the order with a problem or with the payment, as it stands by then.
  await journey.pay().catch(() => undefined);
  return idOf(journey, origin, ({ status }) => status === 'unknown');
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

/** The id of the customer's first payment that `isWanted`, which may take Drop some seconds. */
async function idOf(
  { cookies }: Journey,
  origin: string,
  isWanted: (payment: Payment) => boolean,
): Promise<string> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const response = await fetch(`${origin}/api/payments`, { headers: { cookie } });
    const { payments } = (await response.json()) as { payments: Payment[] };
    const found = payments.find(isWanted);
    if (found) return found.id;
    await pause(pauseMs);
  }
  throw new Error('The sandbox did not bring the payment into the state for its picture.');
}
