import { createHash } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import { logCustomerAccess } from '#store/customer-access-log.ts';
import { customerOfSubject } from '#store/customer-search.ts';
import type { Queries } from '#store/database.ts';
import { findWebhook, type FoundWebhook } from '#store/inbox/search.ts';
import type { OperatorContext } from './context.ts';
import type { Author } from './payments/show.ts';

/**
 * A webhook: its metadata, and the structure of its body, without values.
 *
 * @throws {DropError} `not_found`.
 */
export async function showWebhook({ store }: OperatorContext, id: number): Promise<Record<string, unknown>> {
  return shownOf(await webhookOf(store.database, id), false);
}

/**
 * A webhook with its raw body, which may hold personal data. Keeps for five years who looked and why, in the same
 * transaction.
 *
 * @throws {DropError} `not_found`.
 */
export async function showWebhookBody(
  { store, clock, entropy }: OperatorContext,
  id: number,
  { actorName, reason: why }: Author,
): Promise<Record<string, unknown>> {
  return store.database.transaction().execute(async (transaction) => {
    const webhook = await webhookOf(transaction, id);
    const userId = (await customerOfSubject(transaction, webhook)) ?? null;
    const at = clock.now();
    const access = { userId, actorName, what: 'webhook_body', subject: `${id}`, why, at } as const;
    await logCustomerAccess(transaction, access, entropy.token());
    return shownOf(webhook, true);
  });
}

async function webhookOf(queries: Queries, id: number): Promise<FoundWebhook> {
  const webhook = await findWebhook(queries, id);
  if (webhook) return webhook;
  throw new DropError('not_found', { message: `There is no webhook ${id}.` });
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
