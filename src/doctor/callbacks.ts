import { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { isDropError } from '#domain/errors.ts';
import type { Dispatcher } from 'undici';
import { createOutbound } from '#services/guarded-call.ts';
import type { CheckVerdict } from '#services/definition.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import { checkOf, failed, ok, skipped, warning, type Check } from './finding.ts';
import { isAtFault, type Patient } from './patient.ts';

const area = 'callbacks';

/** An address that is registered at a provider, to which it sends customers back. */
interface Callback {
  variable: string;
  address: string;
  /** Drop's route for it. */
  path: string;
}

/** The registered addresses beside `BASE_URL`. */
export function callbackChecks(patient: Patient): Check[] {
  const { config } = patient;
  if (config.BASE_URL === undefined) return [baseUrlMissing(patient)];
  const base = checkOf(area, 'BASE_URL', async () => judgeBase(config.baseUrl, patient));
  return [
    base,
    ...callbacksOf(patient).map((callback) =>
      checkOf(area, callback.variable, async () => judgeCallback(callback, patient)),
    ),
  ];
}

function baseUrlMissing(patient: Patient): Check {
  if (patient.config.DROP_ENVIRONMENT === 'sandbox')
    return skipped(area, 'BASE_URL', 'not set: the sandbox is reached from this machine only');
  if (isAtFault(patient, ['BASE_URL'])) return skipped(area, 'BASE_URL', 'it is at fault');
  const advice = 'set BASE_URL to the address under which browsers reach Drop';
  return checkOf(area, 'BASE_URL', async () =>
    warning('is not set: providers send customers to localhost', advice),
  );
}

function callbacksOf({ config }: Patient): Callback[] {
  const { bankIdCallbackUrl, bankIdCallbackUrlMobile, openBanking } = config;
  return [
    { variable: 'BANKID_CALLBACK_URL', address: bankIdCallbackUrl, path: '/api/auth/bankid/callback' },
    ...openBanking.providers.map(({ id, credentials }) => {
      const prefix = id === openBanking.providerId ? 'OPENBANKING' : prefixOf(id);
      const path = '/api/openbanking/callback';
      return { variable: `${prefix}_CALLBACK_URL`, address: credentials.callbackUrl, path };
    }),
    ...(bankIdCallbackUrlMobile.startsWith('http')
      ? [
          {
            variable: 'BANKID_CALLBACK_URL_MOBILE',
            address: bankIdCallbackUrlMobile,
            path: '/api/auth/bankid/mobile/return',
          },
        ]
      : []),
  ];
}

function judgeBase(baseUrl: string, { config }: Patient): CheckVerdict {
  const { protocol, pathname } = new URL(baseUrl);
  if (protocol !== 'https:' && config.DROP_ENVIRONMENT !== 'sandbox')
    return failed(
      'is not https: codes and sessions can be read on the way',
      'put TLS before Drop, and use https:',
    );
  if (pathname !== '/')
    return failed(
      'has a path, and Drop serves at the root of a host',
      'leave out the path, and give Drop a host',
    );
  return ok(baseUrl);
}

function judgeCallback({ variable, address, path }: Callback, { config }: Patient): CheckVerdict {
  const url = URL.parse(address);
  if (url === null) return failed('is not an address', `correct ${variable}`);
  if (url.pathname !== path)
    return failed(
      `does not lead to ${path}, where Drop takes it`,
      `register ${config.baseUrl}${path}, and set it`,
    );
  if (url.origin !== new URL(config.baseUrl).origin) {
    const text = `leads to ${url.host}, and customers sign in at ${new URL(config.baseUrl).host}`;
    return warning(text, 'use the host of BASE_URL, whose cookies come back with the customer');
  }
  return ok(`${address}; it must be registered in exactly this form`);
}

const healthSchema = z.object({ status: z.enum(['ok', 'down']) });

/** The origins at which browsers reach Drop: that of `BASE_URL` first, then those of the callback addresses. */
export function publicOrigins(patient: Patient): string[] {
  const { config } = patient;
  if (config.BASE_URL === undefined) return [];
  const addresses = [config.baseUrl, ...callbacksOf(patient).map(({ address }) => address)];
  return [...new Set(addresses.flatMap((address) => URL.parse(address)?.origin ?? []))];
}

/** Whether Drop answers at the public addresses, as browsers and webhooks reach it. */
export function publicChecks(patient: Patient, dispatcher: Dispatcher): Check[] {
  return publicOrigins(patient).map((origin) =>
    checkOf(area, `${origin}/api/health`, async () => judgePublic(origin, patient, dispatcher)),
  );
}

async function judgePublic(origin: string, patient: Patient, dispatcher: Dispatcher): Promise<CheckVerdict> {
  const { clock, entropy } = patient;
  const outbound = createOutbound({
    provider: 'drop',
    origins: [origin],
    clock,
    dispatcher,
    random: entropy.fraction,
  });
  const call = {
    operation: 'drop.health',
    method: 'GET',
    repeatable: false,
    responseBytesMax: 65_536,
  } as const;
  const advice = 'start Drop, and check the proxy and the DNS of this name';
  try {
    const response = await outbound.send({
      ...call,
      url: addressUnder(origin, '/api/health'),
      timeoutMs: 8_000,
    });
    const health = healthSchema.safeParse(response.json());
    if (!health.success) return failed('another server than Drop answers', advice);
    if (health.data.status === 'ok') return ok('Drop answers, and is well');
    return warning('Drop answers, and is down', 'look at `npx drop status`');
  } catch (error) {
    if (!isDropError(error)) throw error;
    const isOther = error.code === 'provider_invalid_response';
    return failed(isOther ? 'another server than Drop answers' : `no answer: ${error.code}`, advice);
  }
}
