import { tlsFaultsOf, type ClientTls } from '#outbound/client-tls.ts';
import type { Fault } from './rules.ts';
import type { CoreVariables } from './variables.ts';

const variableOf = {
  certificate: 'OPENBANKING_TLS_CERTIFICATE',
  privateKey: 'OPENBANKING_TLS_PRIVATE_KEY',
  authorities: 'OPENBANKING_TLS_AUTHORITIES',
} as const satisfies Record<keyof ClientTls, keyof CoreVariables>;

/** What open banking's connections are made with; undefined where nothing was configured. */
export function openBankingTlsOf(core: CoreVariables): ClientTls | undefined {
  const [certificate, privateKey] = [core.OPENBANKING_TLS_CERTIFICATE, core.OPENBANKING_TLS_PRIVATE_KEY];
  const authorities = core.OPENBANKING_TLS_AUTHORITIES;
  const isSet = [certificate, privateKey, authorities].some((part) => part !== undefined);
  return isSet ? { certificate, privateKey, authorities } : undefined;
}

export function clientCertificateFaults(core: CoreVariables): Fault[] {
  const faults = tlsFaultsOf(openBankingTlsOf(core) ?? {});
  return faults.map(({ part, problem }) => ({ variable: variableOf[part], problem }));
}
