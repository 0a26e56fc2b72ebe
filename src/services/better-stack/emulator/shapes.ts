import { z } from 'zod';

/**
 * What the API makes of attributes: unknown ones are dropped, absent ones get the server's defaults, methods become
 * lower case, and the id of a policy a string. Written from the Terraform provider of BetterStack (v0.21) and
 * betterstack.com/docs/uptime/api; defaults that neither names are assumed.
 */
const id = z.union([z.string(), z.int()]);
const stringId = id.transform(String).nullable().default(null);
const numberId = id.transform(Number).nullable().default(null);
const flag = (fallback: boolean) => z.boolean().default(fallback);

const monitorTypes = ['status', 'expected_status_code', 'keyword', 'keyword_absence', 'ping', 'tcp'] as const;
const requestTimeouts = [2, 3, 5, 10, 15, 30, 45, 60] as const;
const expiryDays = [1, 2, 3, 7, 14, 30, 60] as const;

const monitor = z.object({
  url: z.url(),
  pronounceable_name: z.string().nullable().default(null),
  monitor_type: z.enum(monitorTypes).default('status'),
  required_keyword: z.string().nullable().default(null),
  expected_status_codes: z.array(z.int()).default([]),
  http_method: z
    .string()
    .transform((method) => method.toLowerCase())
    .default('get'),
  request_headers: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .transform((headers) => headers.map((header, index) => ({ id: `${index + 1}`, ...header })))
    .default([]),
  request_body: z.string().default(''),
  check_frequency: z.int().min(30).default(180),
  confirmation_period: z.int().min(0).default(0),
  recovery_period: z.int().min(0).default(180),
  request_timeout: z.literal(requestTimeouts).default(30),
  follow_redirects: flag(true),
  remember_cookies: flag(true),
  verify_ssl: flag(true),
  ssl_expiration: z.literal(expiryDays).nullable().default(null),
  domain_expiration: z.literal(expiryDays).nullable().default(null),
  regions: z.array(z.string()).default(['us', 'eu', 'as', 'au']),
  policy_id: stringId,
  monitor_group_id: numberId,
  email: flag(true),
  sms: flag(false),
  call: flag(false),
  push: flag(true),
  team_wait: z.int().nullable().default(null),
  paused: flag(false),
});
export type EmulatedMonitor = z.output<typeof monitor>;

const heartbeat = z.object({
  name: z.string().min(1),
  period: z.int().min(30),
  grace: z.int().min(0).default(0),
  policy_id: stringId,
  heartbeat_group_id: numberId,
  email: flag(true),
  sms: flag(false),
  call: flag(false),
  push: flag(true),
  paused: flag(false),
});
export type EmulatedHeartbeat = z.output<typeof heartbeat>;

const severity = z.object({
  name: z.string().min(1),
  sms: flag(false),
  call: flag(false),
  email: flag(true),
  push: flag(true),
  critical_alert: flag(false),
  urgency_group_id: numberId,
});
export type EmulatedSeverity = z.output<typeof severity>;

const member = z.object({ type: z.string(), id: numberId, email: z.string().nullable().default(null) });
const step = z
  .object({
    type: z.enum(['escalation', 'time_branching', 'metadata_branching', 'instructions']),
    wait_before: z.int().min(0).default(0),
    urgency_id: numberId,
    step_members: z.array(member).default([]),
    instructions_comment: z.string().nullable().default(null),
    instructions_reminder_enabled: z.boolean().nullable().default(null),
    instructions_reminder_interval_hours: z.int().min(1).nullable().default(null),
  })
  .refine(({ type, instructions_comment: comment }) => (type === 'instructions') === Boolean(comment), {
    path: ['instructions_comment'],
    message: 'belongs to instructions, which are nothing without it',
  });
/** Steps may be empty: a silent policy is accepted. */
const policy = z.object({
  name: z.string().min(1),
  repeat_count: z.int().min(0).nullable().default(null),
  repeat_delay: z.int().min(0).nullable().default(null),
  policy_group_id: numberId,
  steps: z.array(step).default([]),
});
export type EmulatedPolicy = z.output<typeof policy>;
export type EmulatedStep = z.output<typeof step>;

const statusPage = z.object({
  company_name: z.string().min(1),
  company_url: z.url(),
  subdomain: z.string().min(1),
  timezone: z.string().min(1),
  history: z.int().min(7).max(365).default(90),
  custom_domain: z.string().nullable().default(null),
  subscribable: flag(false),
  design: z.enum(['v1', 'v2']).default('v2'),
  theme: z.enum(['light', 'dark', 'system']).default('light'),
  layout: z.enum(['vertical', 'horizontal']).default('vertical'),
});

const shown = z.object({
  resource_id: id.transform(Number),
  resource_type: z.enum(['Monitor', 'MonitorGroup', 'Heartbeat', 'HeartbeatGroup']),
  public_name: z.string().min(1),
  explanation: z.string().default(''),
  widget_type: z.enum(['plain', 'history', 'intraday_history', 'response_times']).default('history'),
  position: z.int().min(0).default(0),
  status_page_section_id: numberId,
});

/** The shape of each collection of the API, with the word that it uses for `type`. */
export const shapes = {
  urgencies: { type: 'urgency', schema: severity },
  policies: { type: 'policy', schema: policy },
  monitors: { type: 'monitor', schema: monitor },
  heartbeats: { type: 'heartbeat', schema: heartbeat },
  'status-pages': { type: 'status_page', schema: statusPage },
  resources: { type: 'status_page_resource', schema: shown },
} as const;
export type CollectionName = keyof typeof shapes;
