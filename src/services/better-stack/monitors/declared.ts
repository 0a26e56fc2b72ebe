import { heartbeatNames, type HeartbeatName } from '../service.ts';
import type { CommandSettings } from '../command-variables.ts';
import { instructionsOf } from './instructions.ts';
import { namePrefix, shownTypes, type Attributes, type Declared, type ShownKind } from './resource.ts';

/** Name of the company on the status page, and the mark of a page of Drop's own. */
export const companyName = 'Drop';

const freePlanCheckSeconds = 180;
const paidPlanCheckSeconds = 60;
/** The job that sends heartbeats runs every minute; two may stay out before BetterStack takes the worker for dead. */
const heartbeatSeconds = 60;
const heartbeatGraceSeconds = 120;
const certificateDays = 14;
const domainDays = 30;

/** Everything that must exist at BetterStack, by what the commands were told. */
export function declare(settings: CommandSettings): Declared[] {
  const { BETTERSTACK_STATUS_PAGE: subdomain } = settings;
  return [
    ...escalation(settings),
    ...monitors(settings),
    ...heartbeats(),
    ...statusPage(settings, subdomain),
  ];
}

/** The channel of a step is that of its severity. */
const channels = { slack: 'Slack', mail: 'e-mail', sms: 'SMS' } as const;
type Channel = keyof typeof channels;

/** Slack at once, mail after 5 minutes, SMS after 15. The wait of a step counts from the step before it. */
const steps: readonly { channel: Channel; waitSeconds: number }[] = [
  { channel: 'slack', waitSeconds: 0 },
  { channel: 'mail', waitSeconds: 300 },
  { channel: 'sms', waitSeconds: 600 },
];

/** Whether the plan of the account sends SMS. */
export function sendsSms({ BETTERSTACK_PLAN: plan }: Pick<CommandSettings, 'BETTERSTACK_PLAN'>): boolean {
  return plan === 'paid';
}

function escalation(settings: CommandSettings): Declared[] {
  const { BETTERSTACK_RECIPIENTS: recipients } = settings;
  const people: Attributes[] = recipients?.map((email) => ({ type: 'user', email })) ?? [
    { type: 'current_on_call' },
  ];
  const used = steps.filter(({ channel }) => channel !== 'sms' || sendsSms(settings));
  const severities = used.map(({ channel }) =>
    named('severity', channels[channel], {
      sms: channel === 'sms',
      call: false,
      email: channel === 'mail',
      push: false,
      critical_alert: false,
    }),
  );
  const telling = used.map(({ channel, waitSeconds }): Attributes => ({
    type: 'escalation',
    wait_before: waitSeconds,
    urgency_id: { reference: { of: 'severity', key: channels[channel] } },
    step_members: channel === 'slack' ? [{ type: 'all_slack_integrations' }] : people,
  }));
  return [...severities, named('policy', 'on call', { steps: [instructions(settings), ...telling] })];
}

/** The first step: what to look at, on the page of the incident before anybody opens it. */
function instructions({ BETTERSTACK_RUNBOOK_URL: runbook }: CommandSettings): Attributes {
  return {
    type: 'instructions',
    wait_before: 0,
    instructions_comment: instructionsOf(runbook),
    instructions_reminder_enabled: false,
  };
}

/** A keyword monitor does not look at the status: Drop answers `"status":"ok"` with 200 only. */
function monitors(settings: CommandSettings): Declared[] {
  const { BETTERSTACK_HEALTH_URL: healthUrl, BETTERSTACK_APP_URL: appUrl } = settings;
  const checkSeconds = sendsSms(settings) ? paidPlanCheckSeconds : freePlanCheckSeconds;
  const monitor = (key: string, url: string, expected: Attributes): Declared =>
    named('monitor', key, {
      url,
      ...expected,
      http_method: 'GET',
      check_frequency: checkSeconds,
      request_timeout: 15,
      follow_redirects: false,
      verify_ssl: true,
      ssl_expiration: certificateDays,
      domain_expiration: domainDays,
      policy_id: { reference: { of: 'policy', key: 'on call' } },
      paused: false,
    });
  const keyword = (text: string): Attributes => ({ monitor_type: 'keyword', required_keyword: text });
  const under = (path: string): string => `${appUrl.replace(/(?<!\/)\/+$/, '')}${path}`;
  return [
    monitor('health', healthUrl, keyword('"status":"ok"')),
    monitor('app', appUrl, { monitor_type: 'expected_status_code', expected_status_codes: [200] }),
    monitor('sign-in page', under('/sign-in'), keyword('<title>Drop')),
    monitor('API', under('/api/openapi.json'), keyword('"openapi":"3.')),
  ];
}

const heartbeatKeys: Record<HeartbeatName, string> = {
  scheduled_work: 'scheduled work',
  webhook_inbox: 'webhook inbox',
  outbox: 'outbox',
};

/** The worker of each declared heartbeat, by its key. */
export const workers: ReadonlyMap<string, HeartbeatName> = new Map(
  heartbeatNames.map((name) => [heartbeatKeys[name], name]),
);

function heartbeats(): Declared[] {
  return [...workers.keys()].map((key) =>
    named('heartbeat', key, {
      period: heartbeatSeconds,
      grace: heartbeatGraceSeconds,
      policy_id: { reference: { of: 'policy', key: 'on call' } },
      paused: false,
    }),
  );
}

function statusPage({ BETTERSTACK_APP_URL: appUrl }: CommandSettings, subdomain: string): Declared[] {
  const page: Declared = {
    kind: 'status_page',
    key: subdomain,
    attributes: {
      company_name: companyName,
      company_url: appUrl,
      subdomain,
      // As Rails names it; it has no name for Oslo, whose time is the same.
      timezone: 'Copenhagen',
      history: 90,
    },
  };
  return [
    page,
    shown('monitor', 'app', 'Appen'),
    shown('monitor', 'health', 'Betalinger og kontoer'),
    shown('heartbeat', 'scheduled work', 'Oppdatering av betalinger'),
  ];

  function shown(kind: ShownKind, key: string, publicName: string): Declared {
    return {
      kind: 'shown',
      key: shownKey(kind, key),
      attributes: {
        resource_type: shownTypes[kind],
        resource_id: { reference: { of: kind, key } },
        public_name: publicName,
        widget_type: 'history',
      },
    };
  }
}

/** The key of a monitor or heartbeat on the status page. */
export function shownKey(kind: ShownKind, key: string): string {
  return `${kind} ${key}`;
}

function named(
  kind: 'severity' | 'policy' | 'monitor' | 'heartbeat',
  key: string,
  rest: Attributes,
): Declared {
  const attribute = kind === 'monitor' ? 'pronounceable_name' : 'name';
  return { kind, key, attributes: { [attribute]: `${namePrefix}${key}`, ...rest } };
}
