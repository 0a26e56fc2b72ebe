import { soonDays } from '#domain/certificate-end.ts';
import type { Config } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { validityOfCertificates } from '#outbound/client-tls.ts';
import type { ProviderDefinition, ShownCertificate } from '#services/open-banking/definition.ts';
import { readPsd2Certificate, type Psd2Certificate } from '#services/open-banking/psd2-certificate.ts';
import type { Log } from '#usecases/context.ts';

const dayMs = 86_400_000;

export interface CertificateParts {
  config: Pick<Config, 'DROP_ENVIRONMENT' | 'NEXT_PUBLIC_SERVICE_MODE' | 'openBanking'>;
  clock: Clock;
  log: Log;
  providers: readonly Pick<ProviderDefinition, 'id' | 'certificateRoles'>[];
}

/**
 * Checks the certificates that Drop shows to providers: whether they are valid today and, where banks look for roles of
 * a payment institution in them (ETSI TS 119 495), whether they name those that Drop needs. The sandbox is not asked
 * for roles. Logs what operators should see of them, and warns of an end within 30 days.
 *
 * @throws {DropError} `configuration_invalid` in production, with every fault by its variable; elsewhere they are
 * warnings.
 */
export async function checkCertificates(parts: CertificateParts): Promise<void> {
  const { config, log, providers } = parts;
  if (config.NEXT_PUBLIC_SERVICE_MODE === 'mock') return;
  // There the emulators make the certificates, and a start would wait for the reader of ASN.1.
  const isSandbox = config.DROP_ENVIRONMENT === 'sandbox';
  const faults: string[] = [];
  for (const { id, certificates } of config.openBanking.providers) {
    const roles = providers.find((provider) => provider.id === id)?.certificateRoles;
    for (const certificate of certificates) {
      faults.push(...validityFaults(parts, certificate));
      if (roles && !isSandbox)
        faults.push(...roleFaults(log, certificate.variable, roles, await read(certificate)));
    }
  }
  if (faults.length === 0) return;
  if (config.DROP_ENVIRONMENT === 'production') throw unusable(faults);
  for (const fault of faults) log('warn', `a certificate is of no use: ${fault}`);
}

const read = ({ pem }: ShownCertificate): Promise<Psd2Certificate> => readPsd2Certificate(pem);

function validityFaults({ clock, log }: CertificateParts, { variable, pem }: ShownCertificate): string[] {
  const { fault, days, until } = judgeValidity(validityOfCertificates(pem), clock.now());
  if (fault !== undefined) return [`${variable} ${fault}`];
  if (days < soonDays) log('warn', 'a certificate ends soon: order the next one', { variable, days, until });
  return [];
}

/** What the time says of certificates. */
export interface Validity {
  /** Goes on from the name of what has them; undefined while they are valid. */
  fault: string | undefined;
  /** Whole days until the first of them ends. */
  days: number;
  /** When it ends, in ISO 8601. */
  until: string;
}

/** Judges certificates by the time. */
export function judgeValidity(
  { validFrom, validUntil }: { validFrom: Date; validUntil: Date },
  now: Date,
): Validity {
  const [from, until] = [validFrom.toISOString(), validUntil.toISOString()];
  const days = Math.floor((validUntil.getTime() - now.getTime()) / dayMs);
  if (now < validFrom) return { fault: `is not valid before ${from}`, days, until };
  if (now >= validUntil) return { fault: `has ended at ${until}: renew the certificate`, days, until };
  return { fault: undefined, days, until };
}

function roleFaults(
  log: Log,
  variable: string,
  needed: readonly string[],
  { organisation, roles }: Psd2Certificate,
): string[] {
  log('info', 'a certificate of a payment institution', { variable, organisation, roles });
  if (roles.length === 0) {
    const message = 'a certificate names no role of a payment institution: banks refuse it outside sandboxes';
    log('warn', message, { variable, needed });
    return [];
  }
  const missing = missingRoles(needed, roles);
  return missing.length === 0 ? [] : [`${variable} lacks the role ${missing.join(' and ')}`];
}

/** The roles that a certificate lacks. */
export function missingRoles(needed: readonly string[], roles: readonly string[]): string[] {
  return needed.filter((role) => !roles.includes(role));
}

function unusable(faults: readonly string[]): DropError {
  const lines = faults.map((fault) => `  ${fault}`).join('\n');
  return new DropError('configuration_invalid', { message: `Certificates are of no use:\n${lines}` });
}
