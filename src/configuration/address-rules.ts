import { Secret } from '#domain/secret.ts';
import { isLoopback, isThisMachine } from './hosts.ts';
import type { Fault } from './variables/fault.ts';
import type { VariableMeta } from './variables/variable.ts';

/** A variable with its value. */
export interface GivenVariable {
  variable: string;
  value: unknown;
  meta: VariableMeta | undefined;
}

/** Provider addresses: TLS and another machine outside the sandbox, loopback inside. */
export function addressFaults(given: readonly GivenVariable[], isSandbox: boolean): Fault[] {
  return given.flatMap(({ variable, value, meta }) => {
    const address = providerAddress(value, meta?.address);
    if (address === undefined) return [];
    if (address === 'not an address') return [{ variable, problem: 'must be an address, http: or https:' }];
    const problem = isSandbox ? problemInSandbox(address) : problemOutside(address);
    return problem === undefined ? [] : [{ variable, problem }];
  });
}

function problemInSandbox({ hostname }: URL): string | undefined {
  return isLoopback(hostname) ? undefined : `must be a loopback address in the sandbox, not ${hostname}`;
}

function problemOutside({ protocol, hostname }: URL): string | undefined {
  if (isThisMachine(hostname)) return 'must not be on loopback, where only the sandbox has its providers';
  return protocol === 'https:' ? undefined : 'must be an https: address';
}

/** The address to judge; of the name of a host nothing is known but whether it is on loopback. */
function providerAddress(value: unknown, kind: VariableMeta['address']): URL | 'not an address' | undefined {
  const text = value instanceof Secret ? String(value.reveal()) : value;
  if (typeof text !== 'string' || kind === undefined || kind === 'return') return undefined;
  if (/^https?:/i.test(text) && URL.canParse(text)) return new URL(text);
  if (kind === 'provider') return 'not an address';
  const host = URL.parse(`http://${text}`);
  return host && isThisMachine(host.hostname) ? host : undefined;
}
