import { z } from 'zod';
import { breakersChannel, changesChannel, outboxChannel, webhooksChannel, type Change } from './changes.ts';
import type { BreakerNews } from './provider-breakers.ts';
import type { OutboxChannel } from './tables/messages.ts';

/** An announcement that had no effect. */
export interface DroppedAnnouncement {
  channel: string;
  /** `unreadable`: not a payload that this version of Drop knows. `failed`: its handler threw `error`. */
  reason: 'unreadable' | 'failed';
  error?: unknown;
}

export interface AnnouncementHandlers {
  onChange(change: Change): void;
  onWebhook(): void;
  onBreaker(news: BreakerNews): void;
  /** Messages wait to be sent. */
  onOutbox(channel: OutboxChannel): void;
  /** Called in place of the handler, or after it threw. Must not throw. */
  onDropped(dropped: DroppedAnnouncement): void;
}

/** A notification as PostgreSQL delivers it. Anyone who may connect to the database can send one. */
interface Notification {
  channel: string;
  payload?: string | undefined;
}

/**
 * Hands each notification to the handler of its channel. Never throws: an announcement is a hint, so one that cannot be
 * read or handled is dropped and reported.
 */
export function createAnnouncementReader(
  handlers: AnnouncementHandlers,
): (notification: Notification) => void {
  return ({ channel, payload = '' }) => {
    try {
      if (!handOver(handlers, channel, payload)) handlers.onDropped({ channel, reason: 'unreadable' });
    } catch (error) {
      handlers.onDropped({ channel, reason: 'failed', error });
    }
  };
}

/** Returns false for a payload that is not understood. */
function handOver(handlers: AnnouncementHandlers, channel: string, payload: string): boolean {
  switch (channel) {
    case webhooksChannel:
      handlers.onWebhook();
      return true;
    case outboxChannel:
      return passOn(outboxChannelSchema.safeParse(payload).data, handlers.onOutbox);
    case breakersChannel:
      return passOn(readBreakerNews(payload), handlers.onBreaker);
    case changesChannel:
      return passOn(readChange(payload), handlers.onChange);
    default:
      return false;
  }
}

function passOn<Read>(read: Read | undefined, handler: (read: Read) => void): boolean {
  if (read === undefined) return false;
  handler(read);
  return true;
}

const nameMax = 200;
const name = z.string().max(nameMax);

const changeSchema = z.object({
  userId: name,
  kind: z.enum([
    'payment',
    'kyc',
    'account',
    'connection',
    'session',
    'notification',
  ] satisfies Change['kind'][]),
  id: name,
});

const outboxChannelSchema = z.enum(['app', 'mail', 'alert'] satisfies OutboxChannel[]);

const breakerNewsSchema = z.object({
  provider: name,
  scope: name,
  state: z.enum(['open', 'closed']),
  openMs: z.number().min(0),
  by: name,
});

/** Parses the announcement of a change; undefined when it is not understood, e.g. from a newer version of Drop. */
export function readChange(payload: string): Change | undefined {
  return read(changeSchema, payload);
}

/** Parses the announcement of a breaker; undefined when it is not understood. */
export function readBreakerNews(payload: string): BreakerNews | undefined {
  return read(breakerNewsSchema, payload);
}

function read<Output>(schema: z.ZodType<Output>, payload: string): Output | undefined {
  try {
    return schema.safeParse(JSON.parse(payload)).data;
  } catch {
    // A payload that is not JSON was not sent by Drop.
    return undefined;
  }
}
