import { randomBytes } from 'node:crypto';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { listen, type HttpServer } from '#http/listen.ts';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { freePort } from '../support/free-port.ts';

/** Emulators for a Drop that runs in another process. */
export interface EmulatedWorld {
  /** Where that Drop must answer. */
  origin: string;
  /** Its configuration, without a database. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts every emulator on a port of its own, and finds ports for Drop. */
export async function startEmulatedWorld(): Promise<EmulatedWorld> {
  const servers = new Map<string, HttpServer>();
  const take = (): Promise<HttpServer> => listen({ host: 'localhost', port: 0, clock: systemClock });
  for (const name of emulatorNames()) servers.set(name, await take());
  const [port, internalPort] = [await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const emulation = await startEmulators(servers, { appOrigin: origin, random: systemEntropy.fraction });
  return {
    origin,
    environment: {
      ...emulation.environment,
      OPENBANKING_PROVIDER: openBankingProviders[0].id,
      DROP_ENVIRONMENT: 'sandbox',
      HOST: 'localhost',
      PORT: `${port}`,
      INTERNAL_PORT: `${internalPort}`,
      NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'warn',
    },
    async stop() {
      await emulation.close();
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}
