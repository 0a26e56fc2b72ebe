import type { Clock } from '#domain/clock.ts';

/**
 * The public is told `status` alone. `components` use `pass` and `fail`: the string `"status":"ok"` must occur once, at
 * the top.
 */
export interface HealthReport {
  status: 'ok' | 'down';
  version: string;
  components: Record<string, 'pass' | 'fail'>;
  /** What is known of components that fail. */
  reasons?: Record<string, string>;
}

export interface HealthProbes {
  version: string;
  databaseAnswers(): Promise<boolean>;
  /** Whether announcements of other processes arrive; Drop can serve without. */
  isHearing(): boolean;
  /** Breaker state by provider. */
  breakers(): Record<string, string>;
  /** Work beside requests, and whether it is done in time; Drop can serve without. */
  work(): Readonly<Record<string, boolean>>;
  /** Why Slack refuses alerts until an operator acts; undefined while it does not. */
  alertRefusal(): string | undefined;
}

const freshMs = 1_000;

/**
 * Reports whether Drop can serve, which depends on its database alone; a provider that is down appears as a component.
 * The database is queried at most once a second, however many requests arrive.
 */
export function createHealth(probes: HealthProbes, clock: Clock): () => Promise<HealthReport> {
  let asked: { at: number; answer: Promise<boolean> } | undefined;

  function databaseAnswers(): Promise<boolean> {
    const now = clock.now().getTime();
    if (!asked || now - asked.at >= freshMs) asked = { at: now, answer: probes.databaseAnswers() };
    return asked.answer;
  }

  return async () => {
    const isUp = await databaseAnswers();
    const components: HealthReport['components'] = {
      database: passOrFail(isUp),
      announcements: passOrFail(probes.isHearing()),
    };
    for (const [name, isWell] of Object.entries(probes.work())) components[name] = passOrFail(isWell);
    for (const [provider, state] of Object.entries(probes.breakers())) {
      components[provider] = passOrFail(state !== 'open');
    }
    const refusal = probes.alertRefusal();
    if (refusal !== undefined) components['slack'] = 'fail';
    const reasons = refusal === undefined ? {} : { reasons: { slack: refusal } };
    return { status: isUp ? 'ok' : 'down', version: probes.version, components, ...reasons };
  };
}

function passOrFail(isWell: boolean): 'pass' | 'fail' {
  return isWell ? 'pass' : 'fail';
}
