import { listen, type HttpServer } from '#inbound/listen.ts';
import { DropError } from '#domain/errors.ts';
import { listenOnLoopback, type LoopbackServer } from '#emulation/server.ts';

/** Everything that the sandbox listens on, taken before anything is started. */
export interface SandboxServers {
  app: HttpServer;
  control: LoopbackServer;
  /** By the emulator's name, in order. */
  emulators: Map<string, LoopbackServer>;
}

const step = 10;

/**
 * Takes the ports: the app's, then one for each emulator and one for the control plane, ten apart.
 *
 * @throws {DropError} `configuration_invalid` naming the port in use and the way out.
 */
export async function takePorts(port: number, emulatorNames: readonly string[]): Promise<SandboxServers> {
  const at = (index: number): number => (port === 0 ? 0 : port + index * step);
  const open: HttpServer[] = [];
  const take = async <Server extends HttpServer>(
    name: string,
    wanted: number,
    start: () => Promise<Server>,
  ) => {
    const server = await start().catch(async (error: unknown) => {
      await Promise.all(open.map((taken) => taken.close()));
      throw portFault(error, name, wanted);
    });
    open.push(server);
    return server;
  };
  const app = await take('the app', at(0), () => listen({ host: '127.0.0.1', port: at(0) }));
  const emulators = new Map<string, LoopbackServer>();
  for (const [index, name] of emulatorNames.entries()) {
    const wanted = at(index + 1);
    emulators.set(name, await take(name, wanted, () => listenOnLoopback(wanted)));
  }
  const last = at(emulatorNames.length + 1);
  const control = await take('the control plane', last, () => listenOnLoopback(last));
  return { app, control, emulators };
}

function portFault(error: unknown, name: string, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const what = error.code === 'EACCES' ? 'is not allowed to this user' : 'is in use';
  const wayOut = 'Stop what uses it (is another Drop running?), or choose another: npm start -- --port 4000';
  return new DropError('configuration_invalid', {
    message: `Port ${port}, for ${name}, ${what}.\n${wayOut}`,
    cause: error,
  });
}
