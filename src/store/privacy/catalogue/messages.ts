import { reasons, technical, type CataloguePart } from '../column.ts';

/** Messages to customers, and the addresses that they go to. */
export const messageTables = {
  outbox: {
    title: 'Message',
    holds:
      'what the customer was told and when: a code, the ids of the payment or consent, program and system of a new ' +
      'device, when it was read',
    why: 'to tell the customer, once',
    basis: 'contract',
    kept: 'in the app 13 months; mails 90 days after they were sent, 13 months if they could not be',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'mail' },
    given: ['channel', 'user_id', 'code', 'parameters', 'created_at', 'status', 'settled_at', 'read_at'],
    technical: [
      ...(['id', 'sequence', 'recipient', 'deduplication_key', 'due_at', 'attempts', 'claim'] as const),
      ...(['last_error', 'address_id'] as const),
    ],
  },
  email_addresses: {
    title: 'E-mail address',
    holds:
      'the address, whether it is verified, times; hash of the link’s token, and until it is used or expires, the ' +
      'token, encrypted',
    why: 'to send mails',
    basis: 'contract',
    kept: 'until it is removed or replaced and its notice is sent; an unverified one 30 days after its link expired',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'mail' },
    given: ['user_id', 'address', 'status', 'created_at', 'verified_at', 'ended_at'],
    withheld: { token_hash: reasons.credential, sealed_token: reasons.credential },
    technical: ['id', 'token_expires_at'],
  },
  suppressed_addresses: {
    title: 'Address without delivery',
    holds: 'hash of the address, the reason, the time',
    why: 'to send nothing to an address where mail does not arrive, or whose customer has left',
    basis: 'legitimate interest',
    kept: 'until its owner verifies it anew',
    closing: { rows: 'stays' },
    withheld: { address_hash: reasons.hash },
    technical: ['reason', 'at'],
  },
  verification_mails: {
    title: 'Links sent',
    holds: 'hashes of the customer’s id and of the address, how many',
    why: 'so that nobody’s mailbox is filled',
    basis: 'legitimate interest',
    kept: 'a day; then deleted by an hourly job',
    closing: { rows: 'ages' },
    withheld: { counted: reasons.hash },
    technical: ['since', 'mails'],
  },
  webhook_inbox: {
    title: 'Webhook',
    holds:
      'the body as received: ids and statuses of Sumsub and of the provider; of a bounce only the mail’s id and the ' +
      'status',
    why: 'to recognise duplicates permanently',
    basis: 'legitimate interest',
    kept: 'kept; nothing leads from its ids to a person once the verdicts and payments are deleted',
    closing: { rows: 'stays' },
    withheld: { subject: reasons.elsewhere, raw_body: reasons.elsewhere },
    technical: [
      ...(['id', 'provider', 'deduplication_key', 'event_type', 'status', 'attempts'] as const),
      ...(['next_attempt_at', 'last_error', 'received_at', 'handled_at', 'failures', 'in_hand'] as const),
      ...(['replay_id', 'request_id', 'traceparent'] as const),
    ],
  },
  mail_rates: technical('how many mails each server had in a second', ['server', 'second', 'attempts']),
  webhook_tallies: technical('how many webhooks of a provider were accepted and refused in a minute', [
    ...(['provider', 'minute', 'accepted', 'refused'] as const),
  ]),
} as const satisfies CataloguePart;
