import type { MonitoringApi } from './api.ts';
import { keyOf } from './ownership.ts';
import { collectionOf, kinds, type Actual } from './resource.ts';

/** What BetterStack has, of every kind that Drop declares. */
export interface Existing {
  actuals: Actual[];
  /** How many channels of Slack are connected and work. */
  slackChannels: number;
}

const slackIntegrations = '/api/v2/slack-integrations';

/** Reads everything, whoever made it, and what Drop's own status page shows. Throws where a list is not whole. */
export async function readExisting(api: MonitoringApi, subdomain: string): Promise<Existing> {
  const actuals: Actual[] = [];
  for (const kind of kinds) {
    if (kind === 'shown') continue;
    for (const item of await api.list(collectionOf(kind))) actuals.push({ ...item, kind });
  }
  const pages = actuals.filter((each) => each.kind === 'status_page' && keyOf(each, subdomain) !== undefined);
  for (const { id: page } of pages)
    for (const item of await api.list(collectionOf('shown', page)))
      actuals.push({ ...item, kind: 'shown', page });
  const slack = await api.list(slackIntegrations);
  const slackChannels = slack.filter(({ attributes }) => attributes['slack_status'] === 'active').length;
  return { actuals, slackChannels };
}
