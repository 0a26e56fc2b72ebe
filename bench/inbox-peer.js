// What the peers of the inbox bench share.
import { createHmac, timingSafeEqual } from 'node:crypto';

export const schema = `
  create table if not exists inbox (
    id bigint generated always as identity primary key,
    key text not null unique,
    subject text not null,
    type text not null,
    body bytea not null,
    status text not null default 'received',
    received_at timestamptz not null default now()
  )
`;

/** @param {Buffer} rawBody @param {unknown} digest */
export function isSigned(rawBody, digest) {
  const expected = createHmac('sha256', process.env.SUMSUB_WEBHOOK_SECRET ?? '')
    .update(rawBody)
    .digest();
  const given = Buffer.from(String(digest), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
