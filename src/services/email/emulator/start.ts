import { randomBytes } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { SandboxWorld, StartedEmulator } from '#services/definition.ts';
import { createEmailEmulator } from './emulator.ts';

/** Mail as the sandbox has it: a server, a second one behind it, and an account for Drop at each. */
export async function startEmailEmulator(
  context: EmulatorContext,
  { appOrigin }: SandboxWorld,
): Promise<StartedEmulator> {
  const newPassword = (): string => `demo-${randomBytes(18).toString('hex')}`;
  const accounts = {
    primary: { user: 'demo-primary', password: newPassword() },
    backup: { user: 'demo-backup', password: newPassword() },
  };
  const secret = newPassword();
  const bounces = { url: `${appOrigin}/api/email/bounces`, secret };
  const sender = 'drop@mail.drop.example';
  const emulator = await createEmailEmulator(context, { accounts, sender, bounces });
  const { ports } = emulator.state();
  const address = (server: keyof typeof accounts): string => {
    const { user, password } = accounts[server];
    return `smtp://${user}:${password}@localhost:${ports[server]}`;
  };
  return {
    emulator,
    close: () => emulator.close(),
    about: {
      nb: 'To e-postservere, for e-post til kunder og varsler til driften.',
      en: 'Two mail servers, for mail to customers and alerts to operators.',
    },
    environment: {
      SMTP_URL: address('primary'),
      SMTP_BACKUP_URL: address('backup'),
      MAIL_FROM: `Drop <${sender}>`,
      MAIL_BOUNCE_SECRET: secret,
    },
    note: 'every mail, and the attempts at it',
  };
}
