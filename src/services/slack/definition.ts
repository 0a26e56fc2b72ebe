import type { ClientDependencies, ServiceDefinition } from '#services/definition.ts';
import { slackChecks } from './checks.ts';
import { createSlackClient } from './client.ts';
import { integration } from './integration.ts';
import type { Alerts } from './service.ts';
import { variables } from './variables.ts';

const problem = 'is required in production: without it alerts would only be lines of the log';

/** Alerts to the operators' channel. */
export const slack: ServiceDefinition<typeof variables, Alerts> = {
  id: 'slack',
  displayName: 'Slack',
  variables,
  integration,
  rules({ SLACK_WEBHOOK_URL }, { environment, isMock }) {
    if (SLACK_WEBHOOK_URL !== undefined || isMock || environment !== 'production') return [];
    return [{ variable: 'SLACK_WEBHOOK_URL', problem }];
  },
  createClient(values, { environment, clock, log, createOutbound }) {
    const webhookUrl = values.SLACK_WEBHOOK_URL;
    if (!webhookUrl) return alertsToLog(log);
    const outbound = createOutbound({ provider: 'slack', origins: [webhookUrl.reveal()] });
    return createSlackClient({ webhookUrl, environment }, { clock, outbound, log });
  },
  checks({ SLACK_WEBHOOK_URL: webhookUrl }, { createOutbound }) {
    if (!webhookUrl) return [];
    return slackChecks(webhookUrl, createOutbound({ provider: 'slack', origins: [webhookUrl.reveal()] }));
  },
  async createMock() {
    const { createSlackMock } = await import('./mock.ts');
    return createSlackMock();
  },
  async createEmulator(context) {
    const { startSlackEmulator } = await import('./emulator/start.ts');
    return startSlackEmulator(context);
  },
};

/** Where no channel is configured, the log is the channel. */
function alertsToLog(log: ClientDependencies['log']): Alerts {
  return {
    async sendAlert(alert) {
      log('alert', { ...alert });
    },
    async attempt({ alert, repetition }) {
      log('alert', { ...alert, count: repetition.count });
      return { kind: 'delivered' };
    },
  };
}
