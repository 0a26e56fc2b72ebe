import { declaredFlags, isFlagName, type FlagName } from './declared.ts';

/** A setting of a flag by an operator, for one person or, without one, for everyone. */
export interface FlagSetting {
  /** A name; one that this version does not know has no effect. */
  flag: string;
  userId: string | undefined;
  isOn: boolean;
}

/** All that decides about flags in one process. */
export interface FlagSettings {
  isProduction: boolean;
  /** The flags that the configuration switches on for everyone. */
  configured: readonly FlagName[];
  /** The operators' settings, at most one for each flag and person. */
  settings: readonly FlagSetting[];
}

/** Whether a flag is on, and what decided it. */
export interface FlagDecision {
  isOn: boolean;
  by: 'production' | 'person' | 'everyone' | 'configuration' | 'default';
}

/** Decides a flag for a person. The narrower setting wins, and production beats all. */
export function evaluateFlag(flag: FlagName, userId: string, known: FlagSettings): FlagDecision {
  const { isOnByDefault, mayBeOnInProduction } = declaredFlags[flag];
  if (known.isProduction && !mayBeOnInProduction) return { isOn: false, by: 'production' };
  const own = known.settings.find((each) => each.flag === flag && each.userId === userId);
  if (own) return { isOn: own.isOn, by: 'person' };
  const all = known.settings.find((each) => each.flag === flag && each.userId === undefined);
  if (all) return { isOn: all.isOn, by: 'everyone' };
  if (known.configured.includes(flag)) return { isOn: true, by: 'configuration' };
  return { isOn: isOnByDefault, by: 'default' };
}

/** Why a flag cannot be switched on in production; undefined where it can, or there is no such flag. */
export function productionProblem(flag: string): string | undefined {
  if (!isFlagName(flag) || declaredFlags[flag].mayBeOnInProduction) return undefined;
  return `must not switch on ${flag} in production, where it is always off`;
}
