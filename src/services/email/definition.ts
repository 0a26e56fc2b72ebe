import type { z } from 'zod';
import { assert } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { ServiceDefinition } from '#services/definition.ts';
import { mailChecks } from './checks.ts';
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
    const { SMTP_URL, MAIL_FROM: from, MAIL_BOUNCE_SECRET } = values;
    if (!SMTP_URL || !from) return withoutServers;
    const isSandbox = environment === 'sandbox';
    return createEmailClient(
      { servers: serversOf(values), from, bounceSecrets: MAIL_BOUNCE_SECRET ?? [], isSandbox },
      { clock, onAttempt },
    );
  },
  checks(values, { environment, clock }) {
    const { SMTP_URL, MAIL_FROM: from } = values;
    if (!SMTP_URL || !from) return [];
    return mailChecks({ servers: serversOf(values), from, clock, isSandbox: environment === 'sandbox' });
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

type Servers = Partial<Record<MailServer, ServerAddress>>;

function serversOf({ SMTP_URL, SMTP_BACKUP_URL }: z.output<typeof variables>): Servers {
  return { ...server('primary', SMTP_URL), ...server('backup', SMTP_BACKUP_URL) };
}

function server(name: MailServer, url: Secret | undefined): Servers {
  if (!url) return {};
  const address = readServerAddress(url.reveal());
  assert(address, `the address of the ${name} mail server was checked when the configuration was read`);
  return { [name]: address };
}
