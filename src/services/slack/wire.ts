import { z } from 'zod';
import { retryAfterMs } from '#outbound/retry.ts';

/** The payload of a post. Link previews are off, so that Slack does not fetch addresses in error messages. */
export interface SlackPayload {
  text: string;
  unfurl_links: false;
  unfurl_media: false;
}

/** The words that Slack answers with; `errors.ts` has the remedy for each. */
const slackErrorWords = [
  'invalid_payload',
  'no_text',
  'missing_text_or_fallback_or_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'too_many_attachments',
  'user_not_found',
  'no_service',
  'no_service_id',
  'no_active_hooks',
  'no_team',
  'team_disabled',
  'invalid_token',
  'action_prohibited',
  'posting_to_general_channel_denied',
  'channel_not_found',
  'channel_is_archived',
  'rollup_error',
] as const;

const slackErrorWord = z.enum([...slackErrorWords, 'unknown']).catch('unknown');
export type SlackErrorWord = z.output<typeof slackErrorWord>;

/** Slack's answer to a post. The body is one plain word, never JSON. */
export type SlackAnswer =
  | { kind: 'ok' }
  | { kind: 'rate_limited'; retryAfterMs: number | undefined }
  | { kind: 'server_error'; status: number; word: SlackErrorWord }
  | { kind: 'refused'; status: number; word: SlackErrorWord };

/**
 * Reads an answer. Slack documents `Retry-After` in whole seconds; an hour at most is believed. A 200 whose body is not
 * `ok` did not come from Slack and counts as a refusal.
 */
export function parseAnswer(response: { status: number; headers: Headers; text: () => string }): SlackAnswer {
  const { status, headers } = response;
  const body = response.text().trim();
  if (status === 200 && body === 'ok') return { kind: 'ok' };
  if (status === 429) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(headers.get('retry-after')) };
  const word = slackErrorWord.parse(body);
  return { kind: status >= 500 ? 'server_error' : 'refused', status, word };
}
