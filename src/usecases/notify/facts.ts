import { z } from 'zod';
import type { NoticeCode, NoticeSubject, NoticeSubjects } from '#domain/notice/notices.ts';
import { notices } from '#domain/notice/notices.ts';
import type { Queries } from '#store/database.ts';
import {
  readNoticeRows,
  type ConnectionFacts,
  type NoticeRows,
  type PaymentFacts,
} from '#store/outbox/facts.ts';

/** A notice as it is stored. */
export interface StoredNotice {
  code: NoticeCode;
  parameters: Record<string, unknown>;
}

/** What the texts of a notice are made of, by its subject. */
export interface Facts {
  payment: PaymentFacts & { paymentId: string };
  connection: ConnectionFacts & { connectionId: string };
  verification: Record<never, never>;
  device: NoticeSubjects['device'];
  sign_in: Record<never, never>;
  address: { addressId: string };
  data_copy: Record<never, never>;
}

/** The facts of one notice, with its subject. */
export type NoticeFacts = {
  [Subject in NoticeSubject]: { subject: Subject; facts: Facts[Subject] };
}[NoticeSubject];

const word = z.string().nullable();
/** PostgreSQL refuses a whole statement for one value that is no UUID. */
const rowId = z.uuid();

/** Another version of Drop may have written the parameters. */
const parameterSchemas: { [Subject in NoticeSubject]: z.ZodType<NoticeSubjects[Subject]> } = {
  payment: z.object({ paymentId: rowId }),
  connection: z.object({ connectionId: rowId }),
  verification: z.object({}),
  device: z.object({ sessionId: z.string(), program: word, system: word }),
  sign_in: z.object({}),
  address: z.object({ addressId: z.string() }),
  data_copy: z.object({}),
};

/**
 * Reads the facts of a customer's notices, in their order. Undefined for a notice whose row is gone or whose parameters
 * cannot be read.
 */
export async function readFacts(
  queries: Queries,
  userId: string,
  stored: readonly StoredNotice[],
): Promise<(NoticeFacts | undefined)[]> {
  const idsIn = (name: string): string[] => [
    ...new Set(stored.flatMap(({ parameters }) => rowId.safeParse(parameters[name]).data ?? [])),
  ];
  const rows = await readNoticeRows(queries, {
    userId,
    paymentIds: idsIn('paymentId'),
    connectionIds: idsIn('connectionId'),
  });
  return stored.map((notice) => factsOf(notice, rows));
}

function factsOf({ code, parameters }: StoredNotice, rows: NoticeRows): NoticeFacts | undefined {
  const { subject } = notices[code];
  switch (subject) {
    case 'payment': {
      const { data } = parameterSchemas.payment.safeParse(parameters);
      const payment = data && rows.payments.get(data.paymentId);
      return data && payment && { subject, facts: { ...payment, ...data } };
    }
    case 'connection': {
      const { data } = parameterSchemas.connection.safeParse(parameters);
      const connection = data && rows.connections.get(data.connectionId);
      return data && connection && { subject, facts: { ...connection, ...data } };
    }
    case 'device': {
      const { data } = parameterSchemas.device.safeParse(parameters);
      return data && { subject, facts: data };
    }
    case 'address': {
      const { data } = parameterSchemas.address.safeParse(parameters);
      return data && { subject, facts: data };
    }
    case 'verification':
    case 'sign_in':
    case 'data_copy':
      return { subject, facts: {} };
  }
}
