// What the peers of the inbox bench share.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Into Drop's own table, so that everybody keeps the same rows and the same indexes. */
export const insert = `
  insert into webhook_inbox
    (provider, deduplication_key, subject, event_type, raw_body, next_attempt_at, received_at)
  values ('sumsub', $1, $2, $3, $4, now(), now())
  on conflict do nothing
`;

/** @param {Buffer} rawBody @param {unknown} digest */
export function isSigned(rawBody, digest) {
  const expected = createHmac('sha256', process.env.SUMSUB_WEBHOOK_SECRET ?? '')
    .update(rawBody)
    .digest();
  const given = Buffer.from(String(digest), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
