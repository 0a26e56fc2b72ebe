import { OpenFeature } from '@openfeature/server-sdk';
import { declaredFlags, flagNames, type FlagName } from '#domain/flags/declared.ts';
import { createFlagProvider, type FlagSource } from './provider.ts';

/** The feature flags, as the app asks for them. An evaluation does not reject: in doubt a flag has its default. */
export interface Flags {
  isOn(flag: FlagName, userId: string): Promise<boolean>;
  /** The flags that are on for a person, in the order in which they are declared. */
  onFor(userId: string): Promise<FlagName[]>;
}

export interface FlagOptions extends FlagSource {
  /** Tells several Drops in one process apart, because OpenFeature is global to the process. */
  domain: string;
  /** Told of an evaluation that failed, with OpenFeature's error code. */
  onFault(flag: FlagName, fault: string): void;
}

/** Makes the flags of one Drop. Nothing is read before a flag is asked for. */
export function createFlags({ domain, onFault, ...source }: FlagOptions): Flags {
  OpenFeature.setProvider(domain, createFlagProvider(source));
  const client = OpenFeature.getClient(domain).setLogger(silent);
  const isOn = async (flag: FlagName, userId: string): Promise<boolean> => {
    const { isOnByDefault } = declaredFlags[flag];
    const { value, errorCode } = await client.getBooleanDetails(flag, isOnByDefault, {
      targetingKey: userId,
    });
    if (errorCode !== undefined) onFault(flag, errorCode);
    return value;
  };
  return {
    isOn,
    async onFor(userId) {
      const values = await Promise.all(flagNames.map((flag) => isOn(flag, userId)));
      return flagNames.filter((_, index) => values[index] === true);
    },
  };
}

/** By itself OpenFeature prints on the console. */
const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};
