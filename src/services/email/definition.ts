import { assert } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { ServiceDefinition } from '#services/definition.ts';
import { createEmailClient, guards } from './client.ts';
import { integration } from './integration.ts';
import { mailFaults } from './rules.ts';
import { readServerAddress, type ServerAddress } from './server-address.ts';
import type { Email, MailServer } from './service.ts';
import { variables } from './variables.ts';

/** Mail to customers and operators. */
export const email: ServiceDefinition<typeof variables, Email> = {
  id: 'email',
  displayName: 'Mail',
  variables,
  integration,
  rules: mailFaults,
  guards: Object.values(guards),
  createClient(values, { environment, clock, onAttempt }) {
    const { SMTP_URL, SMTP_BACKUP_URL, MAIL_FROM: from, MAIL_BOUNCE_SECRET } = values;
    if (!SMTP_URL || !from) return withoutServers;
    const servers = { ...server('primary', SMTP_URL), ...server('backup', SMTP_BACKUP_URL) };
    return createEmailClient(
      { servers, from, bounceSecrets: MAIL_BOUNCE_SECRET ?? [], isSandbox: environment === 'sandbox' },
      { clock, onAttempt },
    );
  },
  async createMock() {
    const { createEmailMock } = await import('./mock.ts');
    return createEmailMock();
  },
  async createEmulator(context, world) {
    const { startEmailEmulator } = await import('./emulator/start.ts');
    return startEmailEmulator(context, world);
  },
};

/** Where no server is configured, which production refuses. */
const withoutServers: Email = {
  servers: [],
  send: async () => ({ kind: 'unusable', reason: 'no such server is configured' }),
  onBounce: () => undefined,
};

function server(name: MailServer, url: Secret | undefined): Partial<Record<MailServer, ServerAddress>> {
  if (!url) return {};
  const address = readServerAddress(url.reveal());
  assert(address, `the address of the ${name} mail server was checked when the configuration was read`);
  return { [name]: address };
}
