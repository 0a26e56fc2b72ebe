import { systemClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { listen, type HttpServer } from '#http/listen.ts';

export const portStep = 10;

/**
 * Listens on loopback. `port` 0 takes any free one.
 *
 * @throws {DropError} `configuration_invalid` naming the port in use and the way out.
 */
export async function takePort(port: number, purpose: string): Promise<HttpServer> {
  return listen({ host: 'localhost', port, clock: systemClock }).catch((error: unknown) => {
    throw portFault(error, purpose, port);
  });
}

function portFault(error: unknown, purpose: string, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const what = error.code === 'EACCES' ? 'is not allowed to this user' : 'is in use';
  const wayOut = 'Stop what uses it (is another Drop running?), or choose another: npm start -- --port 4000';
  const message = `Port ${port}, for ${purpose}, ${what}.\n${wayOut}`;
  return new DropError('configuration_invalid', { message, cause: error });
}
