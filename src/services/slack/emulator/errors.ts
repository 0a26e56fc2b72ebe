import type { ProviderErrors } from '#emulation/error-bodies.ts';

/**
 * Slack's error words with their statuses. Sources: api.slack.com, "Sending messages using incoming webhooks" and the
 * changelog of 2016-05-17; the statuses of words that neither lists (`no_team`, `team_disabled`,
 * `posting_to_general_channel_denied`) are assumed.
 */
const words = {
  invalid_payload: 400,
  no_text: 400,
  missing_text_or_fallback_or_attachments: 400,
  invalid_blocks: 400,
  invalid_blocks_format: 400,
  too_many_attachments: 400,
  user_not_found: 400,
  invalid_token: 403,
  action_prohibited: 403,
  posting_to_general_channel_denied: 403,
  team_disabled: 403,
  no_service: 404,
  no_service_id: 404,
  no_active_hooks: 404,
  no_team: 404,
  channel_not_found: 404,
  channel_is_archived: 410,
  rate_limited: 429,
  rollup_error: 500,
} as const;

export type SlackWord = keyof typeof words;

export const slackErrors: ProviderErrors = {
  codes: words,
  errorBody(status, code) {
    const body =
      code ?? (status === 429 ? 'rate_limited' : status >= 500 ? 'rollup_error' : 'invalid_payload');
    return { contentType: 'text/plain;charset=UTF-8', body };
  },
};

/** A refusal in Slack's form: a status and one plain word. */
export function refuse(word: SlackWord, headers: Record<string, string> = {}): Response {
  return new Response(word, { status: words[word], headers });
}
