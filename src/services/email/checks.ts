import type { NodemailerError } from 'nodemailer';
import { soonDays } from '#domain/certificate-end.ts';
import type { Clock } from '#domain/clock.ts';
import type { CheckVerdict, ServiceCheck } from '#services/definition.ts';
import { connectionsTo, type EmailOptions } from './client.ts';
import { judge } from './errors.ts';
import type { ServerAddress } from './server-address.ts';

type CheckOptions = Omit<EmailOptions, 'bounceSecrets'> & { clock: Clock };

/** Signs in to each mail server, reads when its certificate ends, and sends no mail. */
export function mailChecks(options: CheckOptions): ServiceCheck[] {
  return Object.entries(options.servers).map(([subject, address]) => ({
    subject,
    run: (signal) => signIn(address, { options, signal }),
  }));
}

async function signIn(
  address: ServerAddress,
  { options, signal }: { options: CheckOptions; signal: AbortSignal },
): Promise<CheckVerdict> {
  let endsAt: Date | undefined;
  const connections = connectionsTo(address, options, (end) => (endsAt = end));
  signal.addEventListener('abort', () => connections.close());
  const place = `${address.host} port ${address.port}`;
  try {
    await connections.verify();
    const how = address.credentials ? 'takes the credentials' : 'is there';
    return judgeEnd(`${place} ${how}`, endsAt, options.clock.now());
  } catch (error) {
    const { reason } = judge(error as NodemailerError).verdict;
    const advice = 'check the address, the credentials and the certificate of the server (docs/mail.md)';
    return { severity: 'failed', text: `${place}: ${reason}`, advice };
  } finally {
    connections.close();
  }
}

const dayMs = 86_400_000;

/** A server without TLS, as in the sandbox, has no certificate. */
function judgeEnd(found: string, endsAt: Date | undefined, now: Date): CheckVerdict {
  if (endsAt === undefined) return { severity: 'ok', text: `${found}, without TLS; no mail was sent` };
  const days = Math.floor((endsAt.getTime() - now.getTime()) / dayMs);
  const day = endsAt.toISOString().slice(0, 10);
  if (days >= soonDays)
    return { severity: 'ok', text: `${found}, its certificate is valid until ${day}; no mail was sent` };
  const advice =
    'have its operator renew the certificate: Drop sends nothing to a server whose certificate has ended';
  return {
    severity: 'warning',
    text: `${found}, and its certificate ends in ${days} days, on ${day}`,
    advice,
  };
}
