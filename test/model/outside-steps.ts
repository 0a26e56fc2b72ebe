import type { Step } from './search.ts';
import {
  bankPaymentsMax,
  type Answer,
  type Bank,
  type BankStatus,
  type Initiation,
  type World,
} from './world.ts';

/** The next steps of the bank, the network, the customer and time. */
export function outsideSteps(world: World, bank: Bank): Step<World>[] {
  return [
    ...world.requests.flatMap((request) => received(world, request, bank)),
    ...lost(world),
    ...world.bank.flatMap(({ status }, number) => carriedOut(world, { number, status }, bank)),
    ...passed(world),
  ];
}

const step = (name: string, to: World, isFault = false): Step<World> => ({ name, to, isFault });

function without<Item>(items: readonly Item[], gone: Item): Item[] {
  return items.filter((item) => item !== gone);
}

/** An initiation arrives. The bank answers with a payment or with a refusal. */
function received(world: World, request: Initiation, bank: Bank): Step<World>[] {
  const requests = without(world.requests, request);
  const answer = (said: Answer, change: Partial<World> = {}): World => ({
    ...world,
    requests,
    answers: [...world.answers, said],
    ...change,
  });
  const [first] = world.bank;
  if (bank.isIdempotent && first) {
    const same: Answer = { ...request, says: 'payment', number: 0, status: first.status };
    return [step('the bank recognises the order', answer(same))];
  }
  const refusal = step('the bank refuses the order', answer({ ...request, says: 'refused' }), true);
  if (world.bank.length >= bankPaymentsMax) return [refusal];
  const number = world.bank.length;
  const begin = (status: BankStatus): Step<World> => {
    const made = { bank: [...world.bank, { status }] };
    return step(
      `the bank takes the order: ${status}`,
      answer({ ...request, says: 'payment', number, status }, made),
    );
  };
  const exempt = bank.needsApproval ? [] : [begin('processing')];
  return [begin('awaiting_authorisation'), ...exempt, refusal];
}

function lost(world: World): Step<World>[] {
  if (world.faults.losses === 0) return [];
  const faults = { ...world.faults, losses: world.faults.losses - 1 };
  return [
    ...world.requests.map((request) =>
      step('a request is lost', { ...world, faults, requests: without(world.requests, request) }, true),
    ),
    ...world.answers.map((answer) =>
      step('an answer is lost', { ...world, faults, answers: without(world.answers, answer) }, true),
    ),
  ];
}

function carriedOut(
  world: World,
  { number, status }: { number: number; status: BankStatus },
  bank: Bank,
): Step<World>[] {
  const to = (next: BankStatus, isFault = false): Step<World> =>
    step(
      `the bank's payment ${number} is ${next}`,
      { ...world, bank: world.bank.map((payment, at) => (at === number ? { status: next } : payment)) },
      isFault,
    );
  if (status === 'processing') return [to('settled'), to('rejected', true)];
  if (status !== 'awaiting_authorisation') return [];
  return [to('expired'), ...(isApprovable(world, number, bank) ? [to('processing')] : [])];
}

/** Whether the customer can approve the bank's payment: with its link, or in the bank's app, which asks by itself. */
export function isApprovable({ bank: payments, links }: World, number: number, bank: Bank): boolean {
  return (
    payments[number]?.status === 'awaiting_authorisation' && (!bank.needsApproval || links.includes(number))
  );
}

/** The quarantine is longer than any call can be under way. */
function passed(world: World): Step<World>[] {
  if (world.elapsed === 0) return [step('the lease ends', { ...world, elapsed: 1 })];
  if (world.elapsed === 1 && world.requests.length === 0)
    return [step('the quarantine ends', { ...world, elapsed: 2 })];
  return [];
}
