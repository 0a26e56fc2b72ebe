import { Hono } from 'hono';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { channelPage, messageItem, type ChannelMessage } from './channel-page.ts';
import { Listeners } from './listeners.ts';
import { readMessage, type Refusal } from './message.ts';
import { RateLimit } from './rate-limit.ts';

/** The channel keeps only the latest messages. */
const messagesMax = 500;

const webhookStates = ['active', 'removed', 'channel_archived', 'posting_denied'] as const;
type WebhookState = (typeof webhookStates)[number];

const refusals: Record<Exclude<WebhookState, 'active'>, Refusal> = {
  removed: { status: 404, word: 'no_service' },
  channel_archived: { status: 410, word: 'channel_is_archived' },
  posting_denied: { status: 403, word: 'action_prohibited' },
};

export interface SlackEmulatorOptions {
  /** The path of the only webhook, `/services/<team>/<webhook>/<token>`. */
  webhookPath: string;
}

export interface SlackEmulatorState {
  channel: '#drop-ops';
  webhook: WebhookState;
  messages: readonly ChannelMessage[];
}

export interface SlackEmulator extends Emulator {
  state(): SlackEmulatorState;
}

/**
 * Slack's incoming webhook and the channel it posts to. Written from api.slack.com "Sending messages using incoming
 * webhooks", "Rate limits" and "Changes to errors for incoming webhooks".
 */
export function createSlackEmulator(context: EmulatorContext, options: SlackEmulatorOptions): SlackEmulator {
  const rateLimit = new RateLimit(context.clock);
  const listeners = new Listeners();
  let messages: ChannelMessage[] = [];
  let webhook: WebhookState = 'active';

  async function receive(request: Request): Promise<Response> {
    if (webhook !== 'active') return refuse(refusals[webhook]);
    const waitSeconds = rateLimit.take();
    if (waitSeconds !== undefined) return rateLimited(waitSeconds);
    const read = readMessage(await request.text(), request.headers.get('content-type') ?? '');
    if ('word' in read) return refuse(read);
    const message = { text: read.text, receivedAt: context.clock.now().toISOString() };
    messages = [...messages, message].slice(-messagesMax);
    listeners.tell(JSON.stringify(String(await messageItem(message))));
    return new Response('ok');
  }

  const routes = new Hono<EmulatorEnvironment>();
  routes.post(options.webhookPath, context.faults.guard('webhook'), (c) => receive(c.req.raw));
  routes.post('/services/*', (c) => refuse(unknownWebhook(c.req.path, options.webhookPath)));
  routes.get('/', (c) => c.html(channelPage(messages)));
  routes.get('/events', () => listeners.response());

  return {
    name: 'slack',
    routes,
    reset() {
      messages = [];
      webhook = 'active';
      rateLimit.reset();
    },
    state: () => ({ channel: '#drop-ops', webhook, messages }),
    actions: {
      /** Takes `{ state }`, one of `webhookStates`. */
      async set_webhook(parameters) {
        webhook = webhookStates.find((state) => state === parameters['state']) ?? webhook;
        return { webhook };
      },
    },
  };
}

function refuse({ status, word }: Refusal): Response {
  return new Response(word, { status });
}

function rateLimited(waitSeconds: number): Response {
  return new Response('rate_limited', { status: 429, headers: { 'retry-after': `${waitSeconds}` } });
}

/** Slack distinguishes a wrong token of a known webhook from an unknown webhook. */
function unknownWebhook(path: string, webhookPath: string): Refusal {
  const parent = (full: string): string => full.slice(0, full.lastIndexOf('/'));
  const isKnown = parent(path) === parent(webhookPath);
  return isKnown ? { status: 403, word: 'invalid_token' } : { status: 404, word: 'no_service' };
}
