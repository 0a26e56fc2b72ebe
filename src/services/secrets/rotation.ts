import type { Clock, Scheduled } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import type { Secrets, SecretVersions } from './service.ts';

/** How often the secrets are read again, and how often at most because of webhooks that do not verify. */
const rereadMs = 300_000;
const rereadForWebhookMs = 60_000;

export interface RotationOptions {
  secrets: Secrets;
  clock: Clock;
  /** The secrets of webhooks that are from the store, by variable. They are changed in place. */
  lists: ReadonlyMap<string, Secret[]>;
  log(level: 'info' | 'warn', message: string, details: Record<string, unknown>): void;
}

export interface SecretRotation {
  /** The same source, which reads the secrets again before it refuses a signature. */
  around(source: WebhookSource): WebhookSource;
  stop(): void;
}

/**
 * Follows rotations of the secrets of webhooks without a restart: the current and, for a day, the former one are taken.
 * A stranger with a wrong signature causes at most one reading in 60 s, in which all of them share. A reading that
 * fails leaves the secrets as they are.
 */
export function startSecretRotation({ secrets, clock, lists, log }: RotationOptions): SecretRotation {
  const isIdle = !secrets.isOn || lists.size === 0;
  let notBeforeMs = 0;
  let reading: Promise<boolean> | undefined;
  let isStopped = false;
  let next: Scheduled | undefined;

  async function reread(): Promise<boolean> {
    try {
      return taken(lists, await secrets.read(), (variable) =>
        log('info', 'the secret of webhooks was rotated', { variable }),
      );
    } catch (error) {
      const code = isDropError(error) ? error.code : 'internal_error';
      log('warn', 'the secrets could not be read again; those known stay in use', { code });
      return false;
    }
  }

  /** Whether a secret changed. Those who ask during a reading wait for it. */
  function rereadOnce(): Promise<boolean> {
    reading ??= reread().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function rereadForWebhook(): Promise<boolean> {
    const now = clock.monotonicMs();
    if (!reading && now < notBeforeMs) return false;
    if (!reading) notBeforeMs = now + rereadForWebhookMs;
    return rereadOnce();
  }

  function scheduleNext(): void {
    next = clock.schedule(rereadMs, () => {
      void rereadOnce().then(() => {
        if (!isStopped) scheduleNext();
      });
    });
  }
  if (!isIdle) scheduleNext();

  return {
    around(source) {
      if (isIdle) return source;
      return {
        ...source,
        async verify(delivery) {
          const verdict = await source.verify(delivery);
          if (verdict.kind !== 'signature_invalid' || !(await rereadForWebhook())) return verdict;
          return source.verify(delivery);
        },
      };
    },
    stop() {
      isStopped = true;
      next?.cancel();
    },
  };
}

/** Puts what was read into the lists. A variable that is gone from the store, or empty there, keeps its secrets. */
function taken(
  lists: RotationOptions['lists'],
  { current, previous }: SecretVersions,
  onChange: (variable: string) => void,
): boolean {
  let isChanged = false;
  for (const [variable, list] of lists) {
    const now = partsOf(current.get(variable));
    const values = [...new Set([...now, ...partsOf(previous.get(variable))])];
    const known = list.map((each) => each.reveal());
    if (now.length === 0 || values.join() === known.join()) continue;
    list.splice(0, list.length, ...values.map((value) => new Secret(value)));
    isChanged = true;
    onChange(variable);
  }
  return isChanged;
}

/** As the variables are read: two secrets may be separated by a comma. */
function partsOf(secret: Secret | undefined): string[] {
  const parts = secret?.reveal().split(',') ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
