import { DropError } from '#domain/errors.ts';
import type { Clock, Scheduled } from '#domain/clock.ts';
import { inheritedEndMs } from '#outbound/inherited-deadline.ts';
import type { Store } from '#store/database.ts';
import { takeLease, type SecretOwner } from '#store/provider-secrets.ts';

/** How long a holder may change the secrets of a consent or payment. If it dies, the next one waits for this long. */
export const leaseMs = 30_000;
/** Longer than a lease, so that a holder that died is outlasted. */
const waitMsMax = 35_000;
const askAgainMs = 250;

interface Parts {
  store: Store;
  clock: Clock;
}

/** For each database, and each owner, the end of the last turn that was asked for in this process. */
const lastTurns = new WeakMap<Store, Map<string, Promise<void>>>();

/**
 * Runs `work` alone for `owner`: first in this process, whose callers wait for each other, then among all processes, by
 * the lease that `work` is to write under or to end. Holds no database connection while it waits or works.
 *
 * @throws {DropError} `bank_unavailable` (`not_sent`) when the turn does not come within 35 s, or before the caller's
 * own deadline; `consent_expired` or `payment_unknown` when the owner has ended.
 */
export async function inTurn<Result>(
  parts: Parts,
  { owner, holder }: { owner: SecretOwner; holder: string },
  work: (sealed: string | undefined) => Promise<Result>,
): Promise<Result> {
  const { store, clock } = parts;
  const endMs = Math.min(clock.now().getTime() + waitMsMax, inheritedEndMs() ?? Infinity);
  const turns = lastTurns.get(store) ?? new Map<string, Promise<void>>();
  lastTurns.set(store, turns);
  const before = turns.get(owner.id) ?? Promise.resolve();
  const { promise: isOver, resolve: leave } = Promise.withResolvers<undefined>();
  const own = before.then(() => isOver);
  turns.set(owner.id, own);
  let lease: Scheduled | undefined;
  try {
    await within(clock, endMs, before);
    const sealed = await leased(parts, { owner, holder, endMs });
    // Work that hangs loses its turn with its lease, in this process as in the others.
    lease = clock.schedule(leaseMs, () => leave(undefined));
    return await work(sealed);
  } finally {
    lease?.cancel();
    leave(undefined);
    if (turns.get(owner.id) === own) turns.delete(owner.id);
  }
}

/** Waits for `turn` until `endMs`. */
async function within(clock: Clock, endMs: number, turn: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = clock.schedule(Math.max(0, endMs - clock.now().getTime()), () => reject(busy()));
  await Promise.race([turn, late]).finally(() => timer.cancel());
}

/** Waits for the lease; resolves with the sealed secrets. */
async function leased(
  { store, clock }: Parts,
  { owner, holder, endMs }: { owner: SecretOwner; holder: string; endMs: number },
): Promise<string | undefined> {
  for (;;) {
    const at = clock.now();
    const lease = { holder, at, until: new Date(at.getTime() + leaseMs) };
    const answer = await takeLease(store.database, owner, lease);
    if (answer.kind === 'taken') return answer.sealed;
    if (answer.kind === 'ended') throw ended(owner);
    if (clock.now().getTime() + askAgainMs > endMs) throw busy();
    await new Promise<void>((resolve) => clock.schedule(askAgainMs, resolve));
  }
}

function busy(): DropError {
  const message = 'the secrets of the consent or payment are being changed for too long';
  return new DropError('bank_unavailable', { message, outcome: 'not_sent' });
}

function ended({ kind }: SecretOwner): DropError {
  const message = `the ${kind} has ended, and its secrets with it`;
  const code = kind === 'consent' ? 'consent_expired' : 'payment_unknown';
  return new DropError(code, { message, outcome: 'not_sent' });
}
