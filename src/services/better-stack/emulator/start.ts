import type { EmulatorContext } from '#emulation/emulator.ts';
import type { SandboxWorld, StartedEmulator } from '#services/definition.ts';
import { createBetterStackEmulator } from './emulator.ts';

/** Known beforehand, so that the lines of the documentation can be pasted. It opens this emulator only. */
const token = 'demo-better-stack-token';

/** BetterStack as the sandbox has it: an empty account, with the addresses that its heartbeats will have. */
export function startBetterStackEmulator(
  context: EmulatorContext,
  { appOrigin }: SandboxWorld,
): StartedEmulator {
  const { origin } = context;
  const forCommands = {
    BETTERSTACK_API_URL: origin,
    BETTERSTACK_API_TOKEN: token,
    BETTERSTACK_PLAN: 'paid',
    BETTERSTACK_HEALTH_URL: `${appOrigin}/api/health`,
    BETTERSTACK_APP_URL: appOrigin,
  };
  const emulator = createBetterStackEmulator(context, { token, heartbeatToken, environment: forCommands });
  const heartbeat = (name: string): string => `${origin}/api/v1/heartbeat/${heartbeatToken(name)}`;
  return {
    emulator,
    connect: (environment) =>
      emulator.begin({
        slackWebhookUrl: environment['SLACK_WEBHOOK_URL'],
        smtpUrl: environment['SMTP_URL'],
        mailFrom: environment['MAIL_FROM'],
      }),
    close: () => emulator.close(),
    environment: {
      ...forCommands,
      BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL: heartbeat('scheduled work'),
      BETTERSTACK_HEARTBEAT_WEBHOOK_INBOX_URL: heartbeat('webhook inbox'),
      BETTERSTACK_HEARTBEAT_OUTBOX_URL: heartbeat('outbox'),
    },
    about: {
      nb: 'Overvåking utenfra: monitorer, livstegn, hendelser og statusside.',
      en: 'Monitoring from outside: monitors, heartbeats, incidents and the status page.',
    },
    note: 'monitors, incidents, the status page, SMS',
  };
}

/** Follows from the name, so that Drop knows the addresses before `drop monitors apply` has made the heartbeats. */
function heartbeatToken(name: string): string {
  return `demo-${name.replace(/^Drop: /, '').replaceAll(/[^a-z]+/gi, '-')}`;
}
