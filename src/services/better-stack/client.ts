import { isDropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { heartbeatNames, type HeartbeatName, type Heartbeats } from './service.ts';

/** The heartbeat addresses by worker. Each contains its token. */
type HeartbeatUrls = Readonly<Partial<Record<HeartbeatName, Secret>>>;

export interface HeartbeatDependencies {
  /** Its origins must include those of the addresses. */
  outbound: Outbound;
  log: (message: string, details: Record<string, unknown>) => void;
}

export const timeoutMs = 10_000;

/** Heartbeats by BetterStack. Source: betterstack.com/docs/uptime, "Cron and heartbeat monitor". */
export function createHeartbeatClient(urls: HeartbeatUrls, dependencies: HeartbeatDependencies): Heartbeats {
  const { outbound, log } = dependencies;
  const failing = new Set<HeartbeatName>();

  function note(name: HeartbeatName, reason: string | undefined): void {
    if (reason === undefined) failing.delete(name);
    else if (!failing.has(name)) {
      failing.add(name);
      log('a heartbeat was not taken', { worker: name, reason });
    }
  }

  return {
    names: heartbeatNames.filter((name) => urls[name] !== undefined),
    async beat(name) {
      const url = urls[name];
      if (url) note(name, await failureOf(outbound, url));
    },
  };
}

/** Sends one heartbeat. Returns why it was not taken; undefined when it was. */
async function failureOf(outbound: Outbound, url: Secret): Promise<string | undefined> {
  try {
    const { status } = await outbound.send({
      operation: 'better_stack.heartbeat',
      method: 'POST',
      url: url.reveal(),
      repeatable: true,
      timeoutMs,
      responseBytesMax: 65_536,
    });
    return status >= 200 && status < 300 ? undefined : `BetterStack answered ${status}`;
  } catch (error) {
    return isDropError(error) ? error.code : 'internal_error';
  }
}
