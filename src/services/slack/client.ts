import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { QueuedAlert } from './alert-queue.ts';
import { AlertDelivery } from './delivery.ts';
import { judge, judgement, type Verdict } from './errors.ts';
import { presentable, toSlackText } from './map.ts';
import type { Alerts } from './service.ts';
import { parseAnswer, type SlackPayload } from './wire.ts';

export interface SlackOptions {
  /** Holds the authentication token; it appears in no text, log or error. */
  webhookUrl: Secret;
  environment: 'production' | 'staging' | 'sandbox';
}

export interface SlackDependencies {
  clock: Clock;
  /** Its origins must include the webhook's. */
  outbound: Outbound;
  /** The first fallback. */
  log: (message: string, details: Record<string, unknown>) => void;
  /** Told, after the log, of every alert that Slack did not take. */
  secondChannel?: Alerts;
}

export interface SlackClient extends Alerts {
  /**
   * For shutdown: sends at once what waits, for at most `deadlineMs` milliseconds; the rest goes to the fallback. Does
   * not reject. Call it while something else keeps the process alive, since waiting alone does not.
   */
  flush(deadlineMs: number): Promise<void>;
  /** Why the last alert did not get through, for the health report; undefined while alerts get through. */
  readonly lastFailure: string | undefined;
}

const timeoutMs = 5_000;

/** Alerts by Slack incoming webhook. Source: api.slack.com, "Sending messages using incoming webhooks". */
export function createSlackClient(options: SlackOptions, dependencies: SlackDependencies): SlackClient {
  const { clock, outbound, log, secondChannel } = dependencies;
  const secrets = [options.webhookUrl.reveal()];

  async function post(queued: QueuedAlert): Promise<Verdict> {
    const seconds = Math.max(1, Math.round((clock.now().getTime() - queued.raisedAt.getTime()) / 1000));
    const text = toSlackText({
      environment: options.environment,
      alert: queued.alert,
      raisedAt: queued.raisedAt,
      repetition: { count: queued.count, seconds },
    });
    return postText(outbound, options.webhookUrl, text);
  }

  async function fallback(queued: QueuedAlert, reason: string): Promise<void> {
    const { alert, count } = queued;
    const { title, severity } = alert;
    log('an alert did not reach Slack', { severity, title, text: alert.message, count, reason });
    await secondChannel?.sendAlert(alert).catch(() => undefined);
  }

  const delivery = new AlertDelivery({ clock, post, fallback });
  return {
    sendAlert: (alert) => delivery.send(presentable(alert, secrets)),
    flush: (deadlineMs) => delivery.flush(deadlineMs),
    get lastFailure() {
      return delivery.lastFailure;
    },
  };
}

/** One attempt. Pace and repetition are the delivery's business, so the call repeats only what was not sent. */
async function postText(outbound: Outbound, webhookUrl: Secret, text: string): Promise<Verdict> {
  const payload: SlackPayload = { text, unfurl_links: false, unfurl_media: false };
  try {
    const response = await outbound.send({
      operation: 'slack.send_alert',
      method: 'POST',
      url: webhookUrl.reveal(),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(payload),
      repeatable: false,
      timeoutMs,
      // A worker sends, begun by whichever alert found it idle: that one's request may be long over.
      outlivesItsCause: true,
      responseBytesMax: 4_096,
      judge: judgement,
    });
    return judge(parseAnswer(response));
  } catch (error) {
    if (isDropError(error, 'provider_unavailable', 'provider_timeout'))
      return { kind: 'later', afterMs: error.details.retryAfterMs, reason: error.code };
    return { kind: 'never', reason: isDropError(error) ? error.code : 'internal_error' };
  }
}
