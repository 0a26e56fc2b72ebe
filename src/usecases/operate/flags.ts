import { DropError } from '#domain/errors.ts';
import { declaredFlags, flagNames, type FlagName } from '#domain/flags/declared.ts';
import { addFlagChange, flagHistory, flagSettingsMax, inForce, type FlagChange } from '#store/flags.ts';
import { findUser } from '#store/users.ts';
import type { OperatorContext } from './context.ts';

/** A flag, and how it is set. Without a setting for everyone the configuration and the default decide. */
export interface ListedFlag {
  flag: FlagName;
  description: string;
  isOnByDefault: boolean;
  mayBeOnInProduction: boolean;
  /** The setting for everyone, if there is one. */
  everyone: boolean | undefined;
  /** How many people have a setting of their own: on, and off. */
  people: { on: number; off: number };
}

/** A flag with the settings of people, and the latest acts on it, the newest first. */
export interface ShownFlag extends ListedFlag {
  settings: readonly { userId: string | undefined; isOn: boolean; at: Date; by: string; reason: string }[];
  changes: readonly FlagChange[];
}

/** Every flag, in the order in which they are declared. */
export async function listFlags({ store }: Pick<OperatorContext, 'store'>): Promise<ListedFlag[]> {
  const set = await inForce(store.database);
  return flagNames.map((flag) => listed(flag, set));
}

/** One flag; `changes` is how many acts are shown at the most. */
export async function showFlag(
  { store }: Pick<OperatorContext, 'store'>,
  flag: FlagName,
  { changes }: { changes: number },
): Promise<ShownFlag> {
  const set = await inForce(store.database);
  const settings = set
    .filter((each) => each.flag === flag)
    .map(({ userId, isOn, at, by, reason }) => ({ userId, isOn, at, by, reason }));
  return { ...listed(flag, set), settings, changes: await flagHistory(store.database, flag, changes) };
}

/** What an operator sets: for one person, or for everyone; undefined takes the setting away. */
export interface FlagAct {
  flag: FlagName;
  userId: string | undefined;
  isOn: boolean | undefined;
  by: string;
  reason: string;
  /** Whether Drop runs in production, where some flags are always off. */
  isProduction: boolean;
}

/**
 * Sets a flag, or takes its setting away. Every process of Drop follows within ten seconds; the act and its entry in
 * the audit trail are kept.
 *
 * @throws {DropError} `not_found` for a person that is not there; `invalid_request` where production must not switch
 * the flag on, and beyond the greatest number of settings.
 */
export async function setFlag({ store, clock, entropy }: OperatorContext, act: FlagAct): Promise<void> {
  const { isProduction, ...change } = act;
  if (change.isOn === true && isProduction && !declaredFlags[change.flag].mayBeOnInProduction)
    throw refused(`Production must not switch on ${change.flag}. It is always off there.`);
  await store.database.transaction().execute(async (transaction) => {
    if (change.userId !== undefined && !(await findUser(transaction, change.userId)))
      throw new DropError('not_found', { message: `There is no customer ${change.userId}.` });
    await addFlagChange(transaction, { ...change, at: clock.now() }, entropy.token());
    if ((await inForce(transaction)).length > flagSettingsMax)
      throw refused(`There are ${flagSettingsMax} settings. Unset some first, or set the flag for everyone.`);
  });
}

function listed(flag: FlagName, set: readonly (FlagChange & { isOn: boolean })[]): ListedFlag {
  const own = set.filter((each) => each.flag === flag);
  const people = own.filter(({ userId }) => userId !== undefined);
  const on = people.filter(({ isOn }) => isOn).length;
  return {
    flag,
    ...declaredFlags[flag],
    everyone: own.find(({ userId }) => userId === undefined)?.isOn,
    people: { on, off: people.length - on },
  };
}

function refused(message: string): DropError {
  return new DropError('invalid_request', { message });
}
