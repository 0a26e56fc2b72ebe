import type { Clock } from '#domain/clock.ts';

/**
 * The public is told `status` alone. `components` use `pass` and `fail`: the string `"status":"ok"` must occur once, at
 * the top.
 */
export interface HealthReport {
  status: 'ok' | 'down';
  /** Whether new requests should come here: Drop can serve, and is not about to end. */
  ready: boolean;
  version: string;
  components: Record<string, 'pass' | 'fail'>;
  /** When each scheduled job was last done by any process, as known to this one. */
  lastDone: Readonly<Record<string, Date>>;
  /** What is known of components that fail. */
  reasons?: Record<string, string>;
}

export interface HealthProbes {
  version: string;
  databaseAnswers(): Promise<boolean>;
  /** Whether the process has been told to end. */
  isStopping(): boolean;
  /** Whether announcements of other processes arrive; Drop can serve without. */
  isHearing(): boolean;
  /** Breaker state by provider. */
  breakers(): Record<string, string>;
  /** Work beside requests: whether it is done in time, and when it was last done; Drop can serve without. */
  work(): { health: Readonly<Record<string, boolean>>; lastDone: Readonly<Record<string, Date>> };
  /** Why Slack refuses alerts until an operator acts; undefined while it does not. */
  alertRefusal(): string | undefined;
}

/**
 * Reports whether Drop can serve, which depends on its database alone; a provider that is down appears as a component.
 */
export function createHealth(probes: HealthProbes, clock: Clock): () => Promise<HealthReport> {
  const databaseAnswers = refreshedBehind(clock, () => probes.databaseAnswers());

  return async () => {
    const isUp = await databaseAnswers();
    const work = probes.work();
    const components: HealthReport['components'] = {
      database: passOrFail(isUp),
      announcements: passOrFail(probes.isHearing()),
    };
    for (const [name, isWell] of Object.entries(work.health)) components[name] = passOrFail(isWell);
    for (const [provider, state] of Object.entries(probes.breakers())) {
      components[provider] = passOrFail(state !== 'open');
    }
    const refusal = probes.alertRefusal();
    if (refusal !== undefined) components['slack'] = 'fail';
    const reasons = refusal === undefined ? {} : { reasons: { slack: refusal } };
    const ready = isUp && !probes.isStopping();
    const { version } = probes;
    const { lastDone } = work;
    return { status: isUp ? 'ok' : 'down', ready, version, components, lastDone, ...reasons };
  };
}

/** An answer of this age is given once more, while the next one is asked for. */
const refreshedAfterMs = 1_000;
/** An older answer is not given: the next one is waited for. */
const answerMsMax = 5_000;

/** Asks at most one question at a time, and as a rule behind the requests, which get the answer that is known. */
function refreshedBehind(clock: Clock, ask: () => Promise<boolean>): () => Promise<boolean> {
  let known: { answer: boolean; atMs: number } | undefined;
  let asking: Promise<boolean> | undefined;

  async function askNow(): Promise<boolean> {
    const answer = await ask().catch(() => false);
    known = { answer, atMs: clock.monotonicMs() };
    asking = undefined;
    return answer;
  }

  return async () => {
    const ageMs = known === undefined ? Infinity : clock.monotonicMs() - known.atMs;
    if (known !== undefined && ageMs < refreshedAfterMs) return known.answer;
    asking ??= askNow();
    return known !== undefined && ageMs <= answerMsMax ? known.answer : asking;
  };
}

function passOrFail(isWell: boolean): 'pass' | 'fail' {
  return isWell ? 'pass' : 'fail';
}
