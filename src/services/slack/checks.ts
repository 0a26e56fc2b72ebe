import type { Secret } from '#domain/secret.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { CheckVerdict, ServiceCheck } from '#services/definition.ts';
import { judgement, remedyOf } from './errors.ts';
import { parseAnswer } from './wire.ts';

const timeoutMs = 5_000;

/** Slack's words for a message without content, which it reads only when it knows the webhook. */
const emptyMessageWords = ['no_text', 'invalid_payload', 'missing_text_or_fallback_or_attachments'];

/** Sends a message without content: a webhook that works refuses it, and the channel shows nothing. */
export function slackChecks(webhookUrl: Secret, outbound: Outbound): ServiceCheck[] {
  return [
    {
      subject: '',
      async run() {
        const response = await outbound.send({
          operation: 'slack.check_webhook',
          method: 'POST',
          url: webhookUrl.reveal(),
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: '{}',
          repeatable: false,
          timeoutMs,
          responseBytesMax: 4_096,
          judge: judgement,
        });
        const answer = parseAnswer(response);
        if (answer.kind === 'ok')
          return failed('Slack accepted a message without content', remedyOf('unknown'));
        if (answer.kind !== 'refused')
          return { severity: 'warning', text: `Slack answered ${response.status}`, advice: busy };
        if (emptyMessageWords.includes(answer.word))
          return { severity: 'ok', text: 'the webhook is known; nothing was posted' };
        return failed(`Slack answered ${answer.status} ${answer.word}`, remedyOf(answer.word));
      },
    },
  ];
}

const busy = 'try again in a minute, and look at https://slack-status.com';
const failed = (text: string, advice: string): CheckVerdict => ({ severity: 'failed', text, advice });
