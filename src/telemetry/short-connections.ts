import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock } from '#domain/clock.ts';

/**
 * Makes agents whose connections carry one request each and live for `lifeMsMax` milliseconds at most. OpenTelemetry's
 * own limit counts only silence, so that a collector that sends a byte now and then would hold an export for ever.
 */
export function shortConnections(
  clock: Pick<Clock, 'schedule'>,
  lifeMsMax: number,
): (protocol: string) => HttpAgent {
  return (protocol) => {
    const agent = protocol === 'http:' ? new HttpAgent() : new HttpsAgent();
    const connect = agent.createConnection.bind(agent);
    agent.createConnection = (options, onCreate) => {
      const socket = connect(options, onCreate);
      const end = clock.schedule(lifeMsMax, () => socket?.destroy(tookTooLong(lifeMsMax)));
      socket?.once('close', () => end.cancel());
      return socket;
    };
    return agent;
  };
}

function tookTooLong(lifeMsMax: number): Error {
  return new Error(`no whole answer within ${lifeMsMax} ms`);
}
