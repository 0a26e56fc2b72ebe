import { isIPv4 } from 'node:net';
import type { z } from 'zod';
import { plainKeyId } from '#domain/identity/national-identity-hash.ts';
import { Secret } from '#domain/secret.ts';
import { clientCertificateFaults } from './client-certificate.ts';
import { encryptionKeyFaults } from './encryption-keys.ts';
import { splitHashKey } from './hash-keys.ts';
import { variableRegistry } from './variables/variable.ts';
import { coreVariables, type CoreVariables } from './variables.ts';

/** One thing wrong with the configuration. `problem` goes on from the variable's name: "X is required …". */
export interface Fault {
  variable: string;
  problem: string;
}

const secretLengthMin = 16;
const hashKeyBytesMin = 32;
const sandboxPrefix = 'demo-';

/** The rules that reach beyond one variable. `all` holds the providers' variables too. */
export function faultsOf(core: CoreVariables, all: Record<string, unknown>): Fault[] {
  const isMock = core.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  const faults = isMock ? [] : [...missing(core), ...privateKeyFaults(core), ...hashKeyFaults(core)];
  faults.push(...formerHashKeyFaults(core), ...encryptionKeyFaults(core), ...clientCertificateFaults(core));
  const addresses = addressFaults(core, all);
  if (core.DROP_ENVIRONMENT !== 'production') return [...faults, ...addresses];
  return [...faults, ...addresses, ...productionFaults(core, all)];
}

function missing(core: CoreVariables): Fault[] {
  return Object.entries(coreVariables.shape)
    .filter(([name, schema]) => variableRegistry.get(schema)?.required && valueOf(core, name) === undefined)
    .filter(([name]) => !(core.BANKID_MOCK && name.startsWith('BANKID_')))
    .filter(([name]) => !(provesByKey(core) && name === 'BANKID_CLIENT_SECRET'))
    .map(([variable]) => ({
      variable,
      problem: 'is required (or NEXT_PUBLIC_SERVICE_MODE=mock outside production)',
    }));
}

function provesByKey(core: CoreVariables): boolean {
  return core.BANKID_CLIENT_AUTHENTICATION === 'private_key_jwt';
}

function privateKeyFaults(core: CoreVariables): Fault[] {
  if (core.BANKID_MOCK || !provesByKey(core)) return [];
  const problem = 'is required with BANKID_CLIENT_AUTHENTICATION=private_key_jwt';
  return (['BANKID_PRIVATE_KEY', 'BANKID_PRIVATE_KEY_ID'] as const)
    .filter((variable) => core[variable] === undefined)
    .map((variable) => ({ variable, problem }));
}

function hashKeyFaults(core: CoreVariables): Fault[] {
  const variable = 'NATIONAL_ID_HASH_KEY';
  const key = core.NATIONAL_ID_HASH_KEY?.reveal();
  if (key === undefined) {
    if (core.NATIONAL_ID_HASH_PLAIN) return [];
    const problem =
      'is required: make one with "openssl rand -base64 32" (or NATIONAL_ID_HASH_PLAIN=true, out loud)';
    return [{ variable, problem }];
  }
  const isLongEnough = Buffer.from(key, 'base64').byteLength >= hashKeyBytesMin;
  return isLongEnough ? [] : [{ variable, problem: `must be base64 of at least ${hashKeyBytesMin} bytes` }];
}

function formerHashKeyFaults(core: CoreVariables): Fault[] {
  const variable = 'NATIONAL_ID_HASH_FORMER_KEYS';
  const former = core.NATIONAL_ID_HASH_FORMER_KEYS?.map(splitHashKey) ?? [];
  const taken = [plainKeyId, ...(core.NATIONAL_ID_HASH_KEY ? [core.NATIONAL_ID_HASH_KEY_ID] : [])];
  const ids = [...taken, ...former.map(({ id }) => id)];
  const faults: Fault[] = [];
  const areKeys = former.every(
    ({ id, key }) => id !== '' && Buffer.from(key.reveal(), 'base64').byteLength >= hashKeyBytesMin,
  );
  if (!areKeys)
    faults.push({ variable, problem: `must be id:base64 of at least ${hashKeyBytesMin} bytes each` });
  if (new Set(ids).size < ids.length) {
    const problem = `must have ids that differ from each other, from NATIONAL_ID_HASH_KEY_ID and from ${plainKeyId}`;
    faults.push({ variable, problem });
  }
  return faults;
}

/** Provider addresses: TLS and another machine outside the sandbox, loopback inside. */
function addressFaults(core: CoreVariables, all: Record<string, unknown>): Fault[] {
  const isSandbox = core.DROP_ENVIRONMENT === 'sandbox';
  const mayBeAnywhere = isSandbox && core.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  return Object.entries(all).flatMap(([variable, value]) => {
    const address = providerAddress(variable, value);
    if (address === undefined || mayBeAnywhere) return [];
    if (address === 'not an address') return [{ variable, problem: 'must be an address, http: or https:' }];
    const problem = isSandbox ? problemInSandbox(address) : problemOutside(address);
    return problem === undefined ? [] : [{ variable, problem }];
  });
}

function problemInSandbox({ hostname }: URL): string | undefined {
  return isLoopback(hostname) ? undefined : `must be a loopback address in the sandbox, not ${hostname}`;
}

function problemOutside({ protocol, hostname }: URL): string | undefined {
  if (isLoopback(hostname)) return 'must not be on loopback, where only the sandbox has its providers';
  return protocol === 'https:' ? undefined : 'must be an https: address';
}

/**
 * The provider's address that a variable holds, if it holds one. Core variables say so themselves. A provider's own
 * variable is known by its value: an address, or the name of a host on loopback.
 */
function providerAddress(variable: string, value: unknown): URL | 'not an address' | undefined {
  const text = value instanceof Secret ? String(value.reveal()) : value;
  if (typeof text !== 'string') return undefined;
  const isAddress = /^https?:/i.test(text) && URL.canParse(text);
  const shape: Record<string, z.ZodType | undefined> = coreVariables.shape;
  const schema = shape[variable];
  if (schema !== undefined) {
    if (variableRegistry.get(schema)?.providerUrl !== true) return undefined;
    return isAddress ? new URL(text) : 'not an address';
  }
  if (isAddress) return new URL(text);
  const host = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined;
  return host && isLoopback(host.hostname) ? host : undefined;
}

/** `127.example.com` is no address of this machine, hence `isIPv4`. */
function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return true;
  return isIPv4(hostname) && hostname.startsWith('127.');
}

function productionFaults(core: CoreVariables, all: Record<string, unknown>): Fault[] {
  const faults: Fault[] = [];
  if (core.NEXT_PUBLIC_SERVICE_MODE === 'mock') {
    faults.push({ variable: 'NEXT_PUBLIC_SERVICE_MODE', problem: 'must not be mock in production' });
  }
  if (core.BANKID_MOCK) faults.push({ variable: 'BANKID_MOCK', problem: 'must not be true in production' });
  if (core.BASE_URL === undefined || !core.BASE_URL.startsWith('https://')) {
    faults.push({ variable: 'BASE_URL', problem: 'must be an https: address in production' });
  }
  faults.push(...returnFaults(core));
  for (const [variable, value] of Object.entries(all)) {
    for (const text of textsOf(value)) faults.push(...credentialFaults(variable, text));
  }
  return faults;
}

/** Where codes come back to: over plain HTTP anybody on the way reads them (RFC 9700, 4.1). */
function returnFaults(core: CoreVariables): Fault[] {
  const names = [
    'BANKID_CALLBACK_URL',
    'BANKID_CALLBACK_URL_MOBILE',
    'BANKID_APP_LINK',
    'OPENBANKING_CALLBACK_URL',
  ];
  return names
    .filter((name) => isPlainHttp(valueOf(core, name)))
    .map((variable) => ({ variable, problem: 'must not be an http: address in production' }));
}

function isPlainHttp(value: unknown): boolean {
  return typeof value === 'string' && /^http:/i.test(value);
}

function credentialFaults(variable: string, value: { text: string; isSecret: boolean }): Fault[] {
  if (value.text.startsWith(sandboxPrefix)) {
    return [
      { variable, problem: `starts with ${sandboxPrefix}: sandbox credentials do not work in production` },
    ];
  }
  const isShort = value.isSecret && value.text.length < secretLengthMin;
  return isShort ? [{ variable, problem: `must have at least ${secretLengthMin} characters` }] : [];
}

function textsOf(value: unknown): { text: string; isSecret: boolean }[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value instanceof Secret) return [{ text: String(value.reveal()), isSecret: true }];
  return typeof value === 'string' ? [{ text: value, isSecret: false }] : [];
}

function valueOf(core: CoreVariables, name: string): unknown {
  return (core as Record<string, unknown>)[name];
}
