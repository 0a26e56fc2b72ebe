import type { Config } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { validityOfCertificates } from '#outbound/client-tls.ts';
import type { ProviderDefinition, ShownCertificate } from '#services/open-banking/definition.ts';
import { readPsd2Certificate, type Psd2Certificate } from '#services/open-banking/psd2-certificate.ts';
import type { Log } from '#usecases/context.ts';

const dayMs = 86_400_000;
const soonDays = 30;

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
  const { validFrom, validUntil } = validityOfCertificates(pem);
  const now = clock.now();
  const [from, until] = [validFrom, validUntil].map((time) => time.toISOString());
  if (now < validFrom) return [`${variable} is not valid before ${from}`];
  if (now >= validUntil) return [`${variable} has ended at ${until}: renew the certificate`];
  const days = Math.floor((validUntil.getTime() - now.getTime()) / dayMs);
  if (days < soonDays) log('warn', 'a certificate ends soon: order the next one', { variable, days, until });
  return [];
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
  const missing = needed.filter((role) => !roles.includes(role));
  return missing.length === 0 ? [] : [`${variable} lacks the role ${missing.join(' and ')}`];
}

function unusable(faults: readonly string[]): DropError {
  const lines = faults.map((fault) => `  ${fault}`).join('\n');
  return new DropError('configuration_invalid', { message: `Certificates are of no use:\n${lines}` });
}
