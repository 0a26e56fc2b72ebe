import {
  ErrorCode,
  StandardResolutionReasons,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import type { Clock } from '#domain/clock.ts';
import { isFlagName, type FlagName } from '#domain/flags/declared.ts';
import { evaluateFlag, type FlagDecision, type FlagSetting } from '#domain/flags/evaluate.ts';

/** How much later than the operator's act a process follows it, in milliseconds, at the most. */
export const flagAgeMsMax = 10_000;

/** What Drop's provider of flags is made of. */
export interface FlagSource {
  clock: Clock;
  isProduction: boolean;
  /** The flags that the configuration switches on. */
  configured: readonly FlagName[];
  /** Reads the operators' settings. */
  read(): Promise<readonly FlagSetting[]>;
}

const reasons = {
  production: StandardResolutionReasons.DISABLED,
  person: StandardResolutionReasons.TARGETING_MATCH,
  everyone: StandardResolutionReasons.STATIC,
  configuration: StandardResolutionReasons.STATIC,
  default: StandardResolutionReasons.DEFAULT,
} as const satisfies Record<FlagDecision['by'], string>;

/**
 * OpenFeature's provider over the configuration and the database. It keeps the operators' settings in memory and reads
 * them again once they are ten seconds old and a flag is asked for, in one query however many requests wait. Where the
 * query fails, so does the evaluation, and OpenFeature takes the default: off.
 */
export function createFlagProvider({ clock, isProduction, configured, read }: FlagSource): Provider {
  let kept: { settings: readonly FlagSetting[]; atMs: number } | undefined;
  let reading: Promise<readonly FlagSetting[]> | undefined;

  async function readAgain(): Promise<readonly FlagSetting[]> {
    const atMs = clock.now().getTime();
    try {
      const settings = await read();
      kept = { settings, atMs };
      return settings;
    } finally {
      reading = undefined;
    }
  }

  async function settingsNow(): Promise<readonly FlagSetting[]> {
    if (kept && clock.now().getTime() - kept.atMs < flagAgeMsMax) return kept.settings;
    reading ??= readAgain();
    return reading;
  }

  return {
    metadata: { name: 'drop' },
    runsOn: 'server',
    async resolveBooleanEvaluation(name, defaultValue, { targetingKey = '' }) {
      if (!isFlagName(name)) return unresolved(defaultValue, ErrorCode.FLAG_NOT_FOUND);
      const known = { isProduction, configured, settings: await settingsNow() };
      const { isOn, by } = evaluateFlag(name, targetingKey, known);
      return { value: isOn, variant: isOn ? 'on' : 'off', reason: reasons[by] };
    },
    resolveStringEvaluation: async (_name, value) => unresolved(value, ErrorCode.TYPE_MISMATCH),
    resolveNumberEvaluation: async (_name, value) => unresolved(value, ErrorCode.TYPE_MISMATCH),
    resolveObjectEvaluation: async (_name, value) => unresolved(value, ErrorCode.TYPE_MISMATCH),
  };
}

function unresolved<Value>(value: Value, errorCode: ErrorCode): ResolutionDetails<Value> {
  return { value, errorCode, reason: StandardResolutionReasons.ERROR };
}
