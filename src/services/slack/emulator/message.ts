/** A refusal in Slack's form: a status and one plain word. */
export interface Refusal {
  status: 400 | 403 | 404 | 410;
  word: string;
}

const textLengthMax = 40_000;
const attachmentsMax = 100;
const blocksMax = 50;

/**
 * Judges the body of a post by the documentation of incoming webhooks: a JSON object, or a form with one in `payload`,
 * that has content in `text`, `blocks` or `attachments`.
 */
export function readMessage(body: string, contentType: string): { text: string } | Refusal {
  const payload = parsePayload(body, contentType);
  if (payload === undefined) return { status: 400, word: 'invalid_payload' };
  const { text, blocks, attachments } = payload;
  if (attachments !== undefined && !Array.isArray(attachments))
    return { status: 400, word: 'invalid_payload' };
  if (attachments && attachments.length > attachmentsMax)
    return { status: 400, word: 'too_many_attachments' };
  if (blocks !== undefined && !Array.isArray(blocks)) return { status: 400, word: 'invalid_blocks_format' };
  if (blocks && blocks.length > blocksMax) return { status: 400, word: 'invalid_blocks' };
  if (text !== undefined && typeof text !== 'string') return { status: 400, word: 'invalid_payload' };
  const isEmpty = !text?.trim() && !blocks?.length && !attachments?.length;
  if (isEmpty) return { status: 400, word: 'no_text' };
  return { text: (text ?? '(blocks)').slice(0, textLengthMax) };
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
