import { Secret } from '#domain/secret.ts';
import { readServerAddress, type ServerAddress } from '#services/email/server-address.ts';
import { isLoopback, isThisMachine } from './hosts.ts';
import { isPlaceholder } from './placeholder.ts';
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
    if (meta?.address === 'smtp') return smtpFaults(variable, value, isSandbox);
    const address = providerAddress(value, meta?.address);
    if (address === undefined) return [];
    if (address === 'not an address') return [{ variable, problem: 'must be an address, http: or https:' }];
    const problem = isSandbox ? problemInSandbox(address) : problemOutside(address);
    return problem === undefined ? [] : [{ variable, problem }];
  });
}

const unreadableSmtp =
  'must be an address such as smtp://user:password@host:587 or smtps://user:password@host:465, without a path, in ' +
  'which signs of the password are percent-encoded: %40 for @, %2F for /';

/** Over plain SMTP mail goes only to this machine: outside the sandbox `smtp:` means STARTTLS, and nothing less. */
function smtpFaults(variable: string, value: unknown, isSandbox: boolean): Fault[] {
  if (!(value instanceof Secret)) return [];
  const text = String(value.reveal());
  if (isPlaceholder(text)) return [];
  const address = readServerAddress(text);
  if (!address) return [{ variable, problem: unreadableSmtp }];
  const problem = isSandbox ? problemInSandbox({ hostname: address.host }) : problemOfMailServer(address);
  return problem === undefined ? [] : [{ variable, problem }];
}

function problemOfMailServer({ host, credentials }: ServerAddress): string | undefined {
  if (isThisMachine(host)) return 'must not be on loopback, where only the sandbox has its mail servers';
  return credentials ? undefined : 'must hold a user and a password';
}

function problemInSandbox({ hostname }: { hostname: string }): string | undefined {
  return isLoopback(hostname) ? undefined : `must be a loopback address in the sandbox, not ${hostname}`;
}

function problemOutside({ protocol, hostname }: URL): string | undefined {
  if (isThisMachine(hostname)) return 'must not be on loopback, where only the sandbox has its providers';
  return protocol === 'https:' ? undefined : 'must be an https: address';
}

/** The address to judge; of the name of a host nothing is known but whether it is on loopback. */
function providerAddress(value: unknown, kind: VariableMeta['address']): URL | 'not an address' | undefined {
  const text = value instanceof Secret ? String(value.reveal()) : value;
  if (typeof text !== 'string' || kind === undefined || kind === 'return' || kind === 'smtp')
    return undefined;
  if (/^https?:/i.test(text) && URL.canParse(text)) return new URL(text);
  if (kind === 'provider') return 'not an address';
  const host = URL.parse(`http://${text}`);
  return host && isThisMachine(host.hostname) ? host : undefined;
}
