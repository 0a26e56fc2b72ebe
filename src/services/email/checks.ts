import type { NodemailerError } from 'nodemailer';
import type { CheckVerdict, ServiceCheck } from '#services/definition.ts';
import { connectionsTo, type EmailOptions } from './client.ts';
import { judge } from './errors.ts';
import type { ServerAddress } from './server-address.ts';

/** Signs in to each mail server, and sends no mail. */
export function mailChecks(options: Omit<EmailOptions, 'bounceSecrets'>): ServiceCheck[] {
  return Object.entries(options.servers).map(([subject, address]) => ({
    subject,
    run: (signal) => signIn(address, { options, signal }),
  }));
}

async function signIn(
  address: ServerAddress,
  { options, signal }: { options: Omit<EmailOptions, 'bounceSecrets'>; signal: AbortSignal },
): Promise<CheckVerdict> {
  const connections = connectionsTo(address, options);
  signal.addEventListener('abort', () => connections.close());
  const place = `${address.host} port ${address.port}`;
  try {
    await connections.verify();
    const how = address.credentials ? 'takes the credentials' : 'is there';
    return { severity: 'ok', text: `${place} ${how}; no mail was sent` };
  } catch (error) {
    const { reason } = judge(error as NodemailerError).verdict;
    const advice = 'check the address, the credentials and the certificate of the server (docs/mail.md)';
    return { severity: 'failed', text: `${place}: ${reason}`, advice };
  } finally {
    connections.close();
  }
}
