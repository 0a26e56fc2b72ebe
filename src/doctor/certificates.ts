import { soonDays } from '#domain/certificate-end.ts';
import { isCallError } from '#outbound/call-error.ts';
import { validityOfCertificates } from '#outbound/client-tls.ts';
import { readServerCertificate } from '#outbound/server-certificate.ts';
import { judgeValidity, missingRoles } from '#process/certificates.ts';
import type { CheckVerdict } from '#services/definition.ts';
import type { ShownCertificate } from '#services/open-banking/definition.ts';
import { readPsd2Certificate } from '#services/open-banking/psd2-certificate.ts';
import { publicOrigins } from './callbacks.ts';
import { checkOf, failed, ok, warning, type Check } from './finding.ts';
import type { Patient } from './patient.ts';
import type { CalledOrigin } from './services.ts';
import { tlsFaultOf } from './tls-fault.ts';

const area = 'certificates';

/** The certificates that Drop shows to providers: their ends, and the roles of a payment institution in them. */
export function ownCertificateChecks(patient: Patient): Check[] {
  const { config, providers } = patient;
  if (config.NEXT_PUBLIC_SERVICE_MODE === 'mock') return [];
  const isSandbox = config.DROP_ENVIRONMENT === 'sandbox';
  return config.openBanking.providers.flatMap(({ id, certificates }) => {
    const roles = providers.find((provider) => provider.id === id)?.certificateRoles;
    return certificates.map((certificate) =>
      checkOf(area, certificate.variable, async () =>
        judgeShown(certificate, { now: patient.clock.now(), needed: isSandbox ? undefined : roles }),
      ),
    );
  });
}

async function judgeShown(
  { pem, variable }: ShownCertificate,
  { now, needed }: { now: Date; needed: readonly string[] | undefined },
): Promise<CheckVerdict> {
  const validity = judgeEnd(validityOfCertificates(pem), now);
  if (needed === undefined || validity.severity === 'failed') return validity;
  const { organisation = 'an organisation that is not named', roles } = await readPsd2Certificate(pem);
  const missing = missingRoles(needed, roles);
  const advice = `have ${variable} issued for ${needed.join(' and ')}`;
  if (roles.length === 0) return warning('names no role of a payment institution', advice);
  if (missing.length > 0) return failed(`lacks the role ${missing.join(' and ')}`, advice);
  if (validity.severity !== 'ok') return validity;
  return ok(`${organisation}, ${roles.join(' and ')}, ${validity.text}`);
}

function judgeEnd(range: { validFrom: Date; validUntil: Date }, now: Date): CheckVerdict {
  const { fault, days, until } = judgeValidity(range, now);
  const day = until.slice(0, 10);
  if (fault !== undefined) return failed(fault, 'put a valid certificate in its place');
  if (days < soonDays)
    return warning(
      `ends in ${days} days, on ${day}`,
      'order the next one (docs/runbook/a-certificate-ends-soon.md)',
    );
  return ok(`valid until ${day}`);
}

/** The certificates of the servers at `BASE_URL`, at the callback addresses and at the addresses of providers. */
export function serverCertificateChecks(patient: Patient, called: readonly CalledOrigin[]): Check[] {
  const own = publicOrigins(patient).map((origin) => ({ service: 'Drop', origin, tls: undefined }));
  const origins = [...own, ...called].filter(({ origin }) => origin.startsWith('https:'));
  const byOrigin = new Map(origins.toReversed().map((each) => [each.origin, each]));
  return [...byOrigin.values()].toReversed().map(({ service, origin, tls }) =>
    checkOf(area, `${new URL(origin).host} (${service})`, async (signal) => {
      const read = await readServerCertificate(origin, { tls, signal }).catch((error: unknown) => error);
      return read instanceof Error ? refused(read) : judgeEnd(read as Range, patient.clock.now());
    }),
  );
}

type Range = Parameters<typeof judgeEnd>[0];

function refused(error: Error): CheckVerdict {
  const isOfNode = !isCallError(error) && 'code' in error && typeof error.code === 'string';
  const code = isOfNode ? String(error.code) : '';
  const fault = tlsFaultOf(code);
  if (fault !== undefined) return failed(fault.text, fault.advice);
  const text = `no TLS connection: ${code === '' ? 'the server closed it' : code}`;
  return failed(text, 'check the name, the network, and the proxy or firewall on the way');
}
