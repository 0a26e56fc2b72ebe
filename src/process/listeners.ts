import type { Config } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { listen, type HttpServer } from '#http/listen.ts';
import { createStartingApp } from '#http/ops/internal-app.ts';
import type { Teardown } from './teardown.ts';

/** The public listener, and the internal one for monitoring. */
export interface Listeners {
  server: HttpServer;
  internal: HttpServer;
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: stop what uses it (is another Drop running?), or choose another',
  EACCES: 'is not allowed to this user: choose another',
  EADDRNOTAVAIL: 'is no address of this machine: choose another',
  ENOTFOUND: 'cannot be found: choose another',
};

/**
 * Takes the ports of both listeners. `teardown` gets what closes them, also if the second one cannot be taken.
 *
 * @throws {DropError} `configuration_invalid` naming the variables whose address cannot be listened on.
 */
export async function takeListeners(config: Config, clock: Clock, teardown: Teardown): Promise<Listeners> {
  const server = await take('', { config, clock, teardown });
  const internal = await takeInternalListener(config, clock, teardown);
  return { server, internal };
}

/** Takes the port of the internal listener alone; otherwise as `takeListeners`. */
export async function takeInternalListener(
  config: Config,
  clock: Clock,
  teardown: Teardown,
): Promise<HttpServer> {
  const internal = await take('INTERNAL_', { config, clock, teardown });
  internal.handle(createStartingApp().fetch);
  return internal;
}

async function take(
  prefix: '' | 'INTERNAL_',
  { config, clock, teardown }: { config: Config; clock: Clock; teardown: Teardown },
): Promise<HttpServer> {
  const [host, port] = [config[`${prefix}HOST`], config[`${prefix}PORT`]];
  const server = await listen({ host, port, clock }).catch((cause: unknown) => {
    throw faultOf(cause, `${prefix}HOST and ${prefix}PORT: ${host} port ${port}`);
  });
  teardown.later(() => server.close());
  return server;
}

function faultOf(cause: unknown, where: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const remedy = remedies[code];
  if (remedy === undefined) return cause;
  return new DropError('configuration_invalid', { message: `${where} ${remedy}.`, cause });
}
