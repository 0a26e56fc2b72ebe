import { createHash } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import { findWebhook, type FoundWebhook } from '#store/inbox/search.ts';
import type { OperatorContext } from './context.ts';

/**
 * A webhook: its metadata, and its raw body if `withBody`, otherwise the structure of the body, without values.
 *
 * @throws {DropError} `not_found`.
 */
export async function showWebhook(
  { store }: OperatorContext,
  id: number,
  { withBody }: { withBody: boolean },
): Promise<Record<string, unknown>> {
  const webhook = await findWebhook(store.database, id);
  if (!webhook) throw new DropError('not_found', { message: `There is no webhook ${id}.` });
  return shownOf(webhook, withBody);
}

function shownOf(webhook: FoundWebhook, withBody: boolean): Record<string, unknown> {
  const { rawBody, ...metadata } = webhook;
  const bodySha256 = createHash('sha256').update(rawBody).digest('hex');
  return { ...metadata, bodySha256, ...(withBody ? bodyOf(rawBody) : { bodyRedacted: formOf(rawBody) }) };
}

function bodyOf(rawBody: Buffer): Record<string, string> {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true }).decode(rawBody) };
  } catch {
    return { bodyBase64: rawBody.toString('base64') };
  }
}

function formOf(rawBody: Buffer): unknown {
  try {
    return withoutValues(JSON.parse(rawBody.toString('utf8')));
  } catch {
    return 'not JSON';
  }
}

function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutValues(member)]));
}
