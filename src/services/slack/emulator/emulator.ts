import { Hono } from 'hono';
import { z } from 'zod';
import { readParameters } from '#emulation/action-parameters.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment, Letter } from '#emulation/emulator.ts';
import { pageLanguage } from '#emulation/page-language.ts';
import { Listeners } from '#emulation/listeners.ts';
import { channelPage, headlineOf, messageItem, type ChannelMessage } from './channel-page.ts';
import { refuse, slackErrors, type SlackWord } from './errors.ts';
import { readMessage } from './message.ts';
import { burstDefault, RateLimit } from './rate-limit.ts';

/** The channel keeps only the latest messages. */
const messagesMax = 500;

const webhookStates = ['active', 'removed', 'channel_archived', 'posting_denied'] as const;
type WebhookState = (typeof webhookStates)[number];

const refusals: Record<Exclude<WebhookState, 'active'>, SlackWord> = {
  removed: 'no_service',
  channel_archived: 'channel_is_archived',
  posting_denied: 'action_prohibited',
};

const newState = z.strictObject({ state: z.enum(webhookStates) });
const newLimit = z.strictObject({ burst: z.int().min(1).max(burstDefault) });

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
    if (waitSeconds !== undefined) return refuse('rate_limited', { 'retry-after': `${waitSeconds}` });
    const read = readMessage(await request.text(), request.headers.get('content-type') ?? '');
    if ('refusal' in read) return refuse(read.refusal);
    const message = { text: read.text, receivedAt: context.clock.now().toISOString() };
    messages = [...messages, message].slice(-messagesMax);
    listeners.tell(JSON.stringify(String(await messageItem(message))));
    return new Response('ok');
  }

  context.faults.answerWith(slackErrors);
  const routes = new Hono<EmulatorEnvironment>();
  routes.post(options.webhookPath, context.faults.guard('webhook'), (c) => receive(c.req.raw));
  routes.post('/services/*', (c) => refuse(unknownWebhook(c.req.path, options.webhookPath)));
  routes.get('/', (c) => c.html(channelPage(messages, pageLanguage(c.req.raw))));
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
    onStage: { letters: () => messages.map(letterOf) },
    actions: {
      async set_webhook(parameters) {
        webhook = readParameters(newState, parameters).state;
        return { webhook };
      },
      async limit_rate(parameters) {
        rateLimit.burst = readParameters(newLimit, parameters).burst;
      },
    },
  };
}

function letterOf({ text, receivedAt }: ChannelMessage): Letter {
  return { kind: 'alert', at: receivedAt, text: headlineOf(text), path: '/' };
}

/** Slack distinguishes a wrong token of a known webhook from an unknown webhook. */
function unknownWebhook(path: string, webhookPath: string): SlackWord {
  const parent = (full: string): string => full.slice(0, full.lastIndexOf('/'));
  const isKnown = parent(path) === parent(webhookPath);
  return isKnown ? 'invalid_token' : 'no_service';
}
