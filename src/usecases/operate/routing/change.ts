import { DropError } from '#domain/errors.ts';
import type { Move, RoutingPolicy } from '#domain/routing/policy.ts';
import {
  addRoutingChange,
  currentRouting,
  findRoutingChange,
  listRoutingChanges,
  type RoutingChange,
} from '#store/routing/changes.ts';
import type { OperatorContext } from '../context.ts';

/** The operator who changes the routing, and why: both are kept with the change. */
export interface Act {
  by: string;
  reason: string;
}

type NewChange = Pick<RoutingChange, 'version' | 'kind' | 'policy' | 'restores'>;

/**
 * Puts a policy in force for every consent that is begun from now on. What was begun stays where it is.
 *
 * @throws {DropError} `invalid_request` when another change came in between.
 */
export async function applyPolicy(
  context: OperatorContext,
  policy: RoutingPolicy,
  act: Act,
): Promise<RoutingChange> {
  const { version, policy: before } = await currentRouting(context.store.database);
  const moves = policy.moves.map((move) => withStopOf(before, move));
  return write(
    context,
    { version: version + 1, kind: 'apply', policy: { ...policy, moves }, restores: undefined },
    act,
  );
}

/** A stopped move stays stopped until it is resumed: a policy that is applied anew says nothing of it. */
function withStopOf(before: RoutingPolicy | undefined, move: Move): Move {
  const stopped = before?.moves.find(({ to }) => to === move.to)?.stopped;
  return stopped ? { ...move, stopped } : move;
}

/**
 * The policy in force with another share for one of its moves.
 *
 * @throws {DropError} `invalid_request` when the policy has no such move, or several and none is named.
 */
export async function withShare(
  context: OperatorContext,
  { to, sharePercent }: { to: string | undefined; sharePercent: number },
): Promise<RoutingPolicy> {
  const { policy } = await currentRouting(context.store.database);
  const move = policy && theMove(policy, to);
  if (!move) throw noMove(to);
  return { ...policy, moves: policy.moves.map((each) => (each === move ? { ...each, sharePercent } : each)) };
}

/**
 * Brings back the policy before the last one that still stands, like the undo of an editor: a second rollback goes one
 * further back.
 *
 * @throws {DropError} `invalid_request` when there is none.
 */
export async function rollBack(context: OperatorContext, act: Act): Promise<RoutingChange> {
  const before = await policyBefore(context);
  const { version } = await currentRouting(context.store.database);
  return write(context, { ...before, version: version + 1, kind: 'rollback' }, act);
}

/** What a rollback would bring back. */
export async function policyBefore(
  context: OperatorContext,
): Promise<Pick<RoutingChange, 'policy'> & { restores: number }> {
  const { database } = context.store;
  const [newest] = await listRoutingChanges(database, 1);
  const standing = newest?.restores ?? newest?.version ?? 0;
  if (standing === 0) throw refused('There is no policy to roll back: the environment alone decides.');
  const before = await findRoutingChange(database, standing - 1);
  return { policy: before?.policy, restores: before?.restores ?? standing - 1 };
}

/**
 * Lets a move take no customer any more, those either that it took before: their next consent is at home.
 *
 * @throws {DropError} `invalid_request` when the policy has no such move, or it is stopped already.
 */
export async function stopMove(
  context: OperatorContext,
  to: string | undefined,
  act: Act,
): Promise<RoutingChange> {
  const stopped = { at: context.clock.now().toISOString(), reason: act.reason };
  return changeMove(context, { to, kind: 'stop' }, act, (move) => {
    if (move.stopped) throw refused(`The move to ${move.to} is stopped already, since ${move.stopped.at}.`);
    return { ...move, stopped };
  });
}

/** @throws {DropError} `invalid_request` when the policy has no such move, or it is not stopped. */
export async function resumeMove(
  context: OperatorContext,
  to: string | undefined,
  act: Act,
): Promise<RoutingChange> {
  return changeMove(context, { to, kind: 'resume' }, act, ({ stopped, ...move }) => {
    if (!stopped) throw refused(`The move to ${move.to} is not stopped.`);
    return move;
  });
}

async function changeMove(
  context: OperatorContext,
  { to, kind }: { to: string | undefined; kind: 'stop' | 'resume' },
  act: Act,
  change: (move: Move) => Move,
): Promise<RoutingChange> {
  const { version, policy } = await currentRouting(context.store.database);
  const move = policy && theMove(policy, to);
  if (!move) throw noMove(to);
  const moves = policy.moves.map((each) => (each === move ? change(each) : each));
  return write(
    context,
    { version: version + 1, kind, policy: { ...policy, moves }, restores: undefined },
    act,
  );
}

function theMove({ moves }: RoutingPolicy, to: string | undefined): Move | undefined {
  if (to !== undefined) return moves.find((move) => move.to === to);
  return moves.length === 1 ? moves[0] : undefined;
}

async function write(context: OperatorContext, change: NewChange, act: Act): Promise<RoutingChange> {
  const whole = { ...change, ...act, at: context.clock.now() };
  if (await addRoutingChange(context.store.database, whole)) return whole;
  throw refused('The routing was changed meanwhile: look at `drop providers status` and try again.');
}

function noMove(to: string | undefined): DropError {
  if (to !== undefined) return refused(`The policy in force has no move to ${to}.`);
  return refused('The policy in force has not exactly one move: name the provider with --to.');
}

function refused(message: string): DropError {
  return new DropError('invalid_request', { message });
}
