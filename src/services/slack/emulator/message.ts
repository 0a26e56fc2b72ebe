import { areBlocksValid } from './blocks.ts';
import type { SlackWord } from './errors.ts';

/** Slack shortens a longer text. */
const textLengthMax = 40_000;
const attachmentsMax = 100;

/**
 * Judges the body of a post by the documentation of incoming webhooks: a JSON object, or a form with one in `payload`,
 * that has content in `text`, `blocks` or `attachments`.
 */
export function readMessage(body: string, contentType: string): { text: string } | { refusal: SlackWord } {
  const payload = parsePayload(body, contentType);
  if (payload === undefined) return { refusal: 'invalid_payload' };
  const { text, blocks, attachments } = payload;
  if (text !== undefined && typeof text !== 'string') return { refusal: 'invalid_payload' };
  const refusal = refusalOf(attachments, blocks, Boolean(text?.trim()));
  return refusal ? { refusal } : { text: (text ?? '(blocks)').slice(0, textLengthMax) };
}

function refusalOf(attachments: unknown, blocks: unknown, hasText: boolean): SlackWord | undefined {
  if (attachments !== undefined && !isListOfObjects(attachments)) return 'invalid_payload';
  if (attachments && attachments.length > attachmentsMax) return 'too_many_attachments';
  if (blocks !== undefined && !Array.isArray(blocks)) return 'invalid_blocks_format';
  if (blocks && !areBlocksValid(blocks)) return 'invalid_blocks';
  if (hasText || blocks?.length) return undefined;
  if (!attachments?.length) return 'no_text';
  return attachments.some(hasContent) ? undefined : 'missing_text_or_fallback_or_attachments';
}

function isListOfObjects(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}

function hasContent(attachment: Record<string, unknown>): boolean {
  return ['text', 'fallback', 'pretext', 'title', 'fields', 'blocks', 'image_url'].some(
    (name) => attachment[name] !== undefined && attachment[name] !== '',
  );
}

function parsePayload(body: string, contentType: string): Record<string, unknown> | undefined {
  const isForm = contentType.startsWith('application/x-www-form-urlencoded');
  try {
    const json: unknown = JSON.parse(isForm ? (new URLSearchParams(body).get('payload') ?? '') : body);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isObject ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
