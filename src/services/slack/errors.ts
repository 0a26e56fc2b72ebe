import { judgeByStatus, type Judgement } from '#outbound/judge.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import type { AlertVerdict } from './service.ts';
import { parseAnswer, type SlackAnswer, type SlackErrorWord } from './wire.ts';

const ourFault = 'Drop sent a message that Slack does not accept; this is a bug in Drop';
const newWebhook = 'create a new incoming webhook for #drop-ops and set SLACK_WEBHOOK_URL to its address';
const askAdministrator =
  'ask an administrator of the Slack workspace to allow the webhook to post in #drop-ops';

/** What the operator must do about each refusal of Slack. Sending again helps with none of them. */
const slackErrors: Record<SlackErrorWord, string> = {
  invalid_payload: ourFault,
  no_text: ourFault,
  missing_text_or_fallback_or_attachments: ourFault,
  invalid_blocks: ourFault,
  invalid_blocks_format: ourFault,
  too_many_attachments: ourFault,
  user_not_found: newWebhook,
  no_service: newWebhook,
  no_service_id: newWebhook,
  no_active_hooks: newWebhook,
  no_team: newWebhook,
  team_disabled: newWebhook,
  invalid_token: newWebhook,
  action_prohibited: askAdministrator,
  posting_to_general_channel_denied: askAdministrator,
  channel_not_found: newWebhook,
  channel_is_archived: 'unarchive #drop-ops, or create a webhook for another channel',
  rollup_error: 'Slack failed; look at https://slack-status.com',
  unknown: 'check that SLACK_WEBHOOK_URL is the address of a Slack incoming webhook',
};

/** What the operator must do about a refusal. */
export function remedyOf(word: SlackErrorWord): string {
  return slackErrors[word];
}

/** The meaning of an answer. */
export function judge(answer: SlackAnswer): AlertVerdict {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'delivered' };
    case 'rate_limited':
      return { kind: 'later', afterMs: answer.retryAfterMs, reason: 'Slack answered 429' };
    case 'server_error':
      return { kind: 'later', afterMs: undefined, reason: `Slack answered ${answer.status}` };
    case 'refused': {
      const advice = slackErrors[answer.word];
      const reason = `Slack answered ${answer.status} ${answer.word}: ${advice}`;
      return { kind: 'never', reason, isMessageAtFault: advice === ourFault };
    }
  }
}

/** For the breaker and the record. A 200 without Slack's `ok` did not come from Slack. */
export function judgement(response: RawResponse): Judgement {
  const answer = parseAnswer(response);
  const { failure } = judgeByStatus(response);
  const isStranger = response.status === 200 && answer.kind !== 'ok';
  return {
    failure: isStranger ? 'provider' : failure,
    providerCode: 'word' in answer ? answer.word : undefined,
  };
}
