import type { Clock } from '#domain/clock.ts';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { Fault, Faults } from '#emulation/faults.ts';
import type { Handler } from '#http/listen.ts';

/** A request that an emulator got, or a webhook that it sent. */
export interface Traffic {
  kind: 'call' | 'webhook';
  at: Date;
  /** The provider's name. */
  service: string;
  /** The operation as the emulator names it, or the path that the webhook went to. */
  text: string;
  /** Of the answer; undefined where there was none. */
  status: number | undefined;
  /** The effect of the fault that struck. */
  effect: Fault['effect'] | undefined;
}

interface Observation {
  service: string;
  clock: Clock;
  faults: Faults;
  onTraffic(traffic: Traffic): void;
}

const cut: ReadonlySet<string | undefined> = new Set(['reset', 'drop-after-commit']);

/** Tells of each request that reaches an operation, unless it is a browser that opens a page. */
export function observed(handler: Handler, { service, clock, faults, onTraffic }: Observation): Handler {
  return async (request, bindings) => {
    const answer = await handler(request, bindings);
    const reached = faults.reachedBy(request);
    if (!reached || request.headers.get('sec-fetch-mode') === 'navigate') return answer;
    const { operation, effect } = reached;
    const status = cut.has(effect) ? undefined : answer.status;
    onTraffic({ kind: 'call', at: clock.now(), service, text: operation, status, effect });
    return answer;
  };
}

/** Tells of each webhook once it was answered. */
export function observedDelivery(
  deliver: EmulatorContext['deliver'],
  { service, clock, onTraffic }: Observation,
): EmulatorContext['deliver'] {
  return async (webhook) => {
    const status = await deliver(webhook);
    const text = new URL(webhook.url).pathname;
    onTraffic({ kind: 'webhook', at: clock.now(), service, text, status, effect: undefined });
    return status;
  };
}
