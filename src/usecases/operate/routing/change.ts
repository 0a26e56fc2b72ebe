import { DropError } from '#domain/errors.ts';
import type { Move, RoutingPolicy } from '#domain/routing/policy.ts';
import {
  addRoutingChange,
  currentRouting,
  findRoutingChange,
  type RoutingChange,
} from '#store/routing/changes.ts';
import type { OperatorContext } from '../context.ts';
import { withStopsOf } from './stops.ts';

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
  const change = { version: version + 1, kind: 'apply', restores: undefined } as const;
  return write(context, { ...change, policy: withStopsOf(before, policy) }, act);
}

/** What applying a policy would put in force: moves that are stopped stay so. */
export async function appliedPolicy(
  { store }: OperatorContext,
  policy: RoutingPolicy,
): Promise<RoutingPolicy> {
  return withStopsOf((await currentRouting(store.database)).policy, policy);
}

/**
 * Puts the policy in force with another share for one of its moves.
 *
 * @throws {DropError} `invalid_request` as `withShare`, or when another change came in between.
 */
export async function applyShare(
  context: OperatorContext,
  share: { to: string | undefined; sharePercent: number },
  act: Act,
): Promise<RoutingChange> {
  const { version, policy } = await withShare(context, share);
  return write(context, { version: version + 1, kind: 'apply', policy, restores: undefined }, act);
}

/**
 * The policy in force with another share for one of its moves, and the version that it changes.
 *
 * @throws {DropError} `invalid_request` when the policy has no such move, or several and none is named.
 */
export async function withShare(
  context: OperatorContext,
  { to, sharePercent }: { to: string | undefined; sharePercent: number },
): Promise<ChangedMove> {
  return changeMove(context, to, (move) => ({ ...move, sharePercent }));
}

/**
 * Brings back the policy before the one in force, like the undo of an editor: a second rollback goes one further back.
 * It takes back what was applied; moves that are stopped stay so.
 *
 * @throws {DropError} `invalid_request` when there is none.
 */
export async function rollBack(context: OperatorContext, act: Act): Promise<RoutingChange> {
  const { version, ...back } = await rolledBack(context);
  return write(context, { ...back, version: version + 1, kind: 'rollback' }, act);
}

/** The policy that a rollback would bring back, and the version that it changes. */
export async function rolledBack(
  context: OperatorContext,
): Promise<Pick<RoutingChange, 'version' | 'policy'> & { restores: number }> {
  const { database } = context.store;
  const { version, policy: present } = await currentRouting(database);
  const standing = await appliedAt(context, version);
  if (standing === 0) throw refused('There is no policy to roll back: the environment alone decides.');
  const before = await findRoutingChange(database, standing - 1);
  const restores = await appliedAt(context, standing - 1);
  if (!before?.policy) return { version, policy: undefined, restores };
  return { version, policy: withStopsOf(present, before.policy), restores };
}

/** The version that brought in the policy that was in force at a version, stops aside; 0 for the environment alone. */
async function appliedAt(context: OperatorContext, version: number): Promise<number> {
  for (let at = version; at > 0;) {
    const change = await findRoutingChange(context.store.database, at);
    if (change?.kind === 'apply') return at;
    at = change?.restores ?? at - 1;
  }
  return 0;
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
  return writeMove(context, await stopped(context, to, act), { kind: 'stop', act });
}

/** @throws {DropError} `invalid_request` when the policy has no such move, or it is not stopped. */
export async function resumeMove(
  context: OperatorContext,
  to: string | undefined,
  act: Act,
): Promise<RoutingChange> {
  return writeMove(context, await resumed(context, to), { kind: 'resume', act });
}

/** What a stop would put in force, and the version that it changes. */
export async function stopped(
  context: OperatorContext,
  to: string | undefined,
  { reason }: Pick<Act, 'reason'>,
): Promise<ChangedMove> {
  const stop = { at: context.clock.now().toISOString(), reason };
  return changeMove(context, to, (move) => {
    if (move.stopped) throw refused(`The move to ${move.to} is stopped already, since ${move.stopped.at}.`);
    return { ...move, stopped: stop };
  });
}

/** What a resumption would put in force, and the version that it changes. */
export async function resumed(context: OperatorContext, to: string | undefined): Promise<ChangedMove> {
  return changeMove(context, to, ({ stopped: stop, ...move }) => {
    if (!stop) throw refused(`The move to ${move.to} is not stopped.`);
    return move;
  });
}

interface ChangedMove {
  version: number;
  policy: RoutingPolicy;
}

async function changeMove(
  { store }: OperatorContext,
  to: string | undefined,
  change: (move: Move) => Move,
): Promise<ChangedMove> {
  const { version, policy } = await currentRouting(store.database);
  const move = policy && theMove(policy, to);
  if (!move) throw noMove(to);
  const moves = policy.moves.map((each) => (each === move ? change(each) : each));
  return { version, policy: { ...policy, moves } };
}

async function writeMove(
  context: OperatorContext,
  { version, policy }: ChangedMove,
  { kind, act }: { kind: 'stop' | 'resume'; act: Act },
): Promise<RoutingChange> {
  return write(context, { version: version + 1, kind, policy, restores: undefined }, act);
}

function theMove({ moves }: RoutingPolicy, to: string | undefined): Move | undefined {
  if (to !== undefined) return moves.find((move) => move.to === to);
  return moves.length === 1 ? moves[0] : undefined;
}

async function write(context: OperatorContext, change: NewChange, act: Act): Promise<RoutingChange> {
  const whole = { ...change, ...act, at: context.clock.now() };
  if (await addRoutingChange(context.store.database, whole, context.entropy.token())) return whole;
  throw refused('The routing was changed meanwhile: look at `drop providers status` and try again.');
}

function noMove(to: string | undefined): DropError {
  if (to !== undefined) return refused(`The policy in force has no move to ${to}.`);
  return refused('The policy in force has not exactly one move: name the provider with --to.');
}

function refused(message: string): DropError {
  return new DropError('invalid_request', { message });
}
