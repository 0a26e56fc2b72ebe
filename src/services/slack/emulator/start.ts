import { randomBytes } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { StartedEmulator } from '#services/definition.ts';
import { createSlackEmulator } from './emulator.ts';

/** Slack as the sandbox has it, with one webhook. */
export function startSlackEmulator(context: EmulatorContext): StartedEmulator {
  const webhookPath = `/services/TDEMO/BDEMO/demo${randomBytes(9).toString('hex')}`;
  return {
    emulator: createSlackEmulator(context, { webhookPath }),
    about: {
      nb: 'Kanalen som varsler til driften kommer i.',
      en: 'The channel in which operators get alerts.',
    },
    environment: { SLACK_WEBHOOK_URL: `${context.origin}${webhookPath}` },
    note: 'the channel #drop-ops',
  };
}
