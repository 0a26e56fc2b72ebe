import type { Config } from '#configuration/config.ts';
import { ownKeysOf } from '#configuration/own-keys.ts';
import { version } from '#configuration/version.ts';
import { startAlertWorker } from '#usecases/alerts/alert-worker.ts';
import type { AlertResult } from '#usecases/alerts/deliver.ts';
import type { CountedError } from '#usecases/alerts/error-counts.ts';
import { startErrorSpike } from '#usecases/alerts/error-spike.ts';
import type { OutageMemory } from '#usecases/alerts/outage-memory.ts';
import { raise } from '#usecases/alerts/raise.ts';
import type { StandIn } from '#usecases/alerts/stand-in.ts';
import type { ErrorTracker } from '#usecases/errors/track.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { alertMissingKeys } from '#usecases/operate/encryption-keys.ts';
import { alertMissingHashKeys } from '#usecases/operate/national-ids/missing-keys.ts';

/** The alerts of a process: it delivers those of the outbox, and counts errors together with the other processes. */
export interface Alerting {
  /** Looks for alerts that wait. */
  wake(): void;
  countError(error: CountedError): void;
  /** Why Slack refuses alerts until an operator acts; undefined while it does not. */
  refusal(): string | undefined;
  /** Delivers what waits, for at most `deadlineMs` milliseconds, and looks no further. */
  deliver(deadlineMs: number): Promise<void>;
  /** Writes the errors that were counted, which takes two seconds at most, and counts no more. */
  writeErrors(): Promise<void>;
  /** Likewise, after the errors that were counted are written, which takes two seconds at most. */
  finish(deadlineMs: number): Promise<void>;
}

/** Alerts the operators of the start, and of keys that the database needs and the configuration does not have. */
export function alertStart(context: UseCaseContext, config: Config): void {
  void raise(context, 'started', { version, address: config.baseUrl });
  void alertMissingKeys(context);
  void alertMissingHashKeys(context, ownKeysOf(config).lostHashKeyIds);
}

export interface AlertingParts {
  config: Config;
  onResult: (result: AlertResult) => void;
  /** Has the errors that were logged. */
  errors: Pick<ErrorTracker, 'begin' | 'stop'>;
  /** Counts the errors of an outage of the database. */
  outageMemory: OutageMemory;
}

export function startAlerting(
  context: UseCaseContext,
  { config, onResult, errors, outageMemory }: AlertingParts,
): Alerting {
  const environment = config.DROP_ENVIRONMENT;
  const holder = context.entropy.uuid();
  const mail = mailOf(config, context);
  const worker = startAlertWorker({ ...context, environment, holder, onResult, mail });
  const spike = startErrorSpike(context, outageMemory);
  errors.begin(context);
  const writeErrors = async (): Promise<void> => void (await Promise.all([spike.stop(), errors.stop()]));
  return {
    wake: worker.wake,
    countError: spike.record,
    refusal: () => worker.refusal,
    deliver: worker.finish,
    writeErrors,
    async finish(deadlineMs) {
      await writeErrors();
      await worker.finish(deadlineMs);
    },
  };
}

/** The mail that takes Slack's place, where an address and a mail server are configured. */
function mailOf({ ALERT_EMAIL: to }: Config, { services: { email } }: UseCaseContext): StandIn['mail'] {
  return to === undefined || email.servers.length === 0 ? undefined : { to, email };
}
