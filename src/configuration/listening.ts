import { isLoopback } from './hosts.ts';
import type { CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

/** Where the HTTP server and the internal listener listen. */
export type Listening = Record<'HOST' | 'INTERNAL_HOST', string> & Record<'INTERNAL_PORT', number>;

const portMax = 65_535;
const portsBetween = 10_000;

/** The addresses as configured, or else the defaults. With `PORT` 0 every port is any free one. */
export function listeningOf(core: CoreVariables): Listening {
  const { PORT: port } = core;
  return {
    HOST: core.HOST ?? (core.DROP_ENVIRONMENT === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    INTERNAL_HOST: core.INTERNAL_HOST,
    INTERNAL_PORT: core.INTERNAL_PORT ?? (port === 0 ? 0 : internalPortBeside(port)),
  };
}

/** The port of the internal listener where only that of the public one is configured. */
export function internalPortBeside(port: number): number {
  return port + portsBetween > portMax ? port - portsBetween : port + portsBetween;
}

/** The faults of the addresses to listen on. Mocks let anybody sign in, so they stay on this machine. */
export function listeningFaults(core: CoreVariables, isMocked: boolean): Fault[] {
  const faults: Fault[] = [];
  if (core.INTERNAL_PORT !== undefined && core.INTERNAL_PORT !== 0 && core.INTERNAL_PORT === core.PORT)
    faults.push({ variable: 'INTERNAL_PORT', problem: 'must not be PORT' });
  const isPublic = !isLoopback(listeningOf(core).HOST);
  if (isMocked && isPublic && !core.ALLOW_PUBLIC_MOCKS && core.DROP_ENVIRONMENT !== 'production') {
    const problem =
      'must be a loopback address, such as 127.0.0.1, while services are mocked: anybody could sign in ' +
      '(ALLOW_PUBLIC_MOCKS=true allows it)';
    faults.push({ variable: 'HOST', problem });
  }
  return faults;
}
