import { presentable, type RaisedAlert } from '#domain/alert-text.ts';
import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { QueuedAlert } from './alert-queue.ts';
import { AlertDelivery } from './delivery.ts';
import { judge, judgement } from './errors.ts';
import { toSlackText } from './map.ts';
import type { Alerts, AlertVerdict } from './service.ts';
import { parseAnswer, type SlackPayload } from './wire.ts';

export interface SlackOptions {
  /** Contains the authentication token, so it must not appear in texts, logs or errors. */
  webhookUrl: Secret;
  environment: 'production' | 'staging' | 'sandbox';
}

export interface SlackDependencies {
  clock: Clock;
  /** Its origins must include the webhook's. */
  outbound: Outbound;
  /** The first fallback. */
  log: (message: string, details: Record<string, unknown>) => void;
  /** The second fallback: receives every alert that Slack did not accept. */
  secondChannel?: Alerts;
}

export interface SlackClient extends Alerts {
  /**
   * For shutdown: sends the waiting alerts at once, for at most `deadlineMs` milliseconds; the rest goes to the
   * fallback. Does not reject. Something else must keep the process alive meanwhile.
   */
  flush(deadlineMs: number): Promise<void>;
  /** Why the last alert was not delivered, for the health report; undefined while alerts are delivered. */
  readonly lastFailure: string | undefined;
}

export const timeoutMs = 5_000;

/** Alerts by Slack incoming webhook. Source: api.slack.com, "Sending messages using incoming webhooks". */
export function createSlackClient(options: SlackOptions, dependencies: SlackDependencies): SlackClient {
  const { clock, outbound, log, secondChannel } = dependencies;
  const secrets = [options.webhookUrl.reveal()];

  function attempt(raised: RaisedAlert): Promise<AlertVerdict> {
    const shown = { ...raised, alert: presentable(raised.alert, secrets) };
    return postText(outbound, options.webhookUrl, toSlackText(options.environment, shown));
  }

  function post({ alert, raisedAt, count }: QueuedAlert): Promise<AlertVerdict> {
    const seconds = Math.max(1, Math.round((clock.now().getTime() - raisedAt.getTime()) / 1000));
    return attempt({ alert, raisedAt, repetition: { count, seconds } });
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
    attempt,
    flush: (deadlineMs) => delivery.flush(deadlineMs),
    get lastFailure() {
      return delivery.lastFailure;
    },
  };
}

/**
 * Makes one attempt. `AlertDelivery` handles pace and retries, so the call itself is repeated only when it was not
 * sent.
 */
async function postText(outbound: Outbound, webhookUrl: Secret, text: string): Promise<AlertVerdict> {
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
      // The delivery loop was started by another alert, whose request may have ended long ago.
      outlivesItsCause: true,
      responseBytesMax: 4_096,
      judge: judgement,
    });
    return judge(parseAnswer(response));
  } catch (error) {
    if (isDropError(error, 'provider_unavailable', 'provider_timeout'))
      return { kind: 'later', afterMs: error.details.retryAfterMs, reason: error.code };
    const reason = isDropError(error) ? error.code : 'internal_error';
    return { kind: 'never', reason, isMessageAtFault: false };
  }
}
