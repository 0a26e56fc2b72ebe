import { isDropError, type ErrorCode } from '#domain/errors.ts';
import { addRoutingChange, currentRouting } from '#store/routing/changes.ts';
import { raise } from '../alerts/raise.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Faults that come again with the next customer, because the provider answers what Drop cannot read, refuses Drop's own
 * credentials, or Drop is at fault. An outage is none: it passes. A refusal is none: the bank would refuse elsewhere,
 * too.
 */
const comesAgain: readonly ErrorCode[] = [
  'provider_invalid_response',
  'provider_rejected_credentials',
  'internal_error',
];

/** More changes than come in between. */
const changesMax = 5;

/** A database that does not answer is none of them. */
const programFaults = [TypeError, RangeError, ReferenceError, SyntaxError] as const;

/**
 * Stops the move to a provider after a fault there that would come again, so that the next customers are served at
 * home; an operator lets it go on with `drop providers resume`. Does nothing for a provider that no move leads to.
 * Never rejects: the caller throws the fault.
 */
export async function stopAfterFault(
  context: UseCaseContext,
  provider: string,
  fault: unknown,
): Promise<void> {
  const repeating = repeatingFault(fault);
  if (repeating === undefined) return;
  const { code, operation } = repeating;
  await stop(context, provider, operation === undefined ? code : `${code} at ${operation}`).catch(
    (error: unknown) => context.log('error', 'a move could not be stopped', { provider, error }),
  );
}

/** What would come again; undefined for what may pass. */
function repeatingFault(fault: unknown): { code: ErrorCode; operation: string | undefined } | undefined {
  // An initiation in doubt says so, and why in its cause.
  const root = isDropError(fault, 'payment_outcome_unknown') ? fault.cause : fault;
  if (!isDropError(root))
    return programFaults.some((kind) => root instanceof kind)
      ? { code: 'internal_error', operation: undefined }
      : undefined;
  const { causedByCaller, operation } = root.details;
  return comesAgain.includes(root.code) && !causedByCaller ? { code: root.code, operation } : undefined;
}

async function stop(context: UseCaseContext, provider: string, reason: string): Promise<void> {
  for (let left = changesMax; left > 0; left -= 1) if (await stopOnce(context, provider, reason)) return;
  const message = 'a move was not stopped: the policy was changed again and again; the next fault stops it';
  context.log('error', message, { provider });
}

/** False where another process, or an operator, has changed the policy meanwhile. */
async function stopOnce(context: UseCaseContext, provider: string, reason: string): Promise<boolean> {
  return context.store.database.transaction().execute(async (transaction) => {
    const { version, policy } = await currentRouting(transaction);
    if (!policy?.moves.some(({ to, stopped }) => to === provider && !stopped)) return true;
    const at = context.clock.now();
    const stopped = { at: at.toISOString(), reason };
    const moves = policy.moves.map((move) => (move.to === provider ? { ...move, stopped } : move));
    const change = { version: version + 1, kind: 'stop', restores: undefined, by: 'Drop' } as const;
    const whole = { ...change, policy: { ...policy, moves }, at, reason };
    if (!(await addRoutingChange(transaction, whole, context.entropy.token()))) return false;
    await raise(context, 'routing_stopped', { provider, fault: reason }, transaction);
    return true;
  });
}
