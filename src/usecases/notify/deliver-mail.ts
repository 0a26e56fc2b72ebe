import { defaultLocale } from '#domain/locale.ts';
import {
  afterUnusable,
  attemptsBeforeNextServer,
  retryAfter,
  serverOfAttempt,
  type MailRetry,
} from '#domain/notice/mail-ladder.ts';
import { isNoticeCode, notices, optionalCategories, type NoticeCode } from '#domain/notice/notices.ts';
import type { MailServer, MailVerdict } from '#services/email/service.ts';
import { isSuppressed, mailAddressOf, suppressAddress, type MailAddress } from '#store/email-addresses.ts';
import { putOffEntry, settleEntry, type ClaimedEntry } from '#store/outbox/claims.ts';
import { takeMailAttempt } from '#store/outbox/mail-rates.ts';
import { calmCondition, openCondition, openConditionIn } from '../alerts/conditions.ts';
import type { UseCaseContext } from '../context.ts';
import { readFacts, type NoticeFacts } from './facts.ts';
import { linkOf } from './mail-link.ts';
import { noticeMail } from './notice-mail.ts';

/** What the sending of mails stands on. */
export interface MailContext extends Pick<
  UseCaseContext,
  'store' | 'clock' | 'entropy' | 'log' | 'sealer' | 'baseUrl' | 'runbookUrl'
> {
  services: Pick<UseCaseContext['services'], 'email' | 'alerts'>;
}

/** The pace at each mail server, unless a measurement lifts it. */
const perSecondMaxDefault = 100;

/**
 * Each claim counts as an attempt, also if the process died or failed in it. The ladder ends after five; a mail that
 * goes on is one at which processes fail.
 */
const attemptsMax = 20;

export interface MailPace {
  /** How many mails all processes together send to one server in a second. */
  perSecondMax?: number;
}

/** `early`: the server has had its mails of this second, and gets no other before `paceMs` are over. */
export type MailAttempt = 'made' | 'early';

/** For how long a process sends no mail when the server has had those of a second, in milliseconds. */
export const paceMs = 1_000;

interface Letter {
  entry: ClaimedEntry;
  code: NoticeCode;
  facts: NoticeFacts;
  to: MailAddress;
}

/**
 * Makes one attempt to send a claimed message by mail, and stores the outcome. It throws if the database does not
 * answer or the message cannot be rendered: the message is due again when its lease ends, a limited number of times.
 */
export async function deliverMail(
  context: MailContext,
  entry: ClaimedEntry,
  { perSecondMax = perSecondMaxDefault }: MailPace = {},
): Promise<MailAttempt> {
  if (entry.attempts > attemptsMax)
    return made(giveUp(context, { entry, error: 'no attempt came to an end' }));
  const letter = await letterOf(context, entry);
  if (typeof letter === 'string') return made(skip(context, entry, letter));
  const { servers } = context.services.email;
  const server = servers[serverOfAttempt(entry.attempts, servers.length)];
  if (server === undefined) return made(skip(context, entry, 'no mail server is configured'));
  const turn = { server, at: context.clock.now(), perSecondMax };
  if (!(await takeMailAttempt(context.store.database, turn))) {
    await putOffByPace(context, entry);
    return 'early';
  }
  const verdict = await send(context, letter, server);
  return made(conclude(context, { letter, verdict, server }));
}

async function made(outcome: Promise<void>): Promise<MailAttempt> {
  await outcome;
  return 'made';
}

/** The letter to send, or why there is none. */
async function letterOf(context: MailContext, entry: ClaimedEntry): Promise<Letter | string> {
  const { code, userId, parameters } = entry;
  if (userId === null || !isNoticeCode(code)) return 'unknown code';
  const { database } = context.store;
  const addressId = typeof parameters['addressId'] === 'string' ? parameters['addressId'] : undefined;
  const to = await mailAddressOf(database, { userId, addressId });
  if (!to) return 'no address';
  if (!isWanted(code, to)) return 'not wanted';
  if (!mayBeSuppressed(code) && (await isSuppressed(database, to.address)))
    return 'the address is suppressed';
  const [facts] = await readFacts(database, userId, [{ code, parameters }]);
  return facts ? { entry, code, facts, to } : 'its subject is gone';
}

/**
 * The customer asks for the one mail to find out whether mail arrives; the link in it lifts the suppression. The other
 * one is the last mail of an account, whose address was suppressed with the closing.
 */
function mayBeSuppressed(code: NoticeCode): boolean {
  return code === 'address_verification' || code === 'account_closed';
}

function isWanted(code: NoticeCode, { optionalMails }: MailAddress): boolean {
  const { category } = notices[code];
  const isOptional = optionalCategories.some((optional) => optional === category);
  return !isOptional || optionalMails === null || optionalMails.includes(category);
}

async function skip({ store, clock }: MailContext, entry: ClaimedEntry, error: string): Promise<void> {
  await settleEntry(store.database, entry, { status: 'skipped', at: clock.now(), error });
}

/** The server has had its mails of this second. The attempt does not count. */
async function putOffByPace({ store, clock }: MailContext, entry: ClaimedEntry): Promise<void> {
  const dueAt = new Date(clock.now().getTime() + paceMs);
  await putOffEntry(store.database, entry, { dueAt, attempts: entry.attempts - 1 });
}

async function send(context: MailContext, letter: Letter, server: MailServer): Promise<MailVerdict> {
  const { entry, code, facts, to } = letter;
  const locale = to.locale ?? defaultLocale;
  const path = await linkOf(context, code, to);
  const mail = noticeMail({ code, facts, locale, at: entry.createdAt, baseUrl: context.baseUrl, path });
  return context.services.email.send({ ...mail, id: entry.id, to: to.address }, server);
}

interface Attempt {
  letter: Letter;
  verdict: MailVerdict;
  server: MailServer;
}

async function conclude(context: MailContext, attempt: Attempt): Promise<void> {
  const { letter, verdict, server } = attempt;
  const { entry, to } = letter;
  const { database } = context.store;
  const at = context.clock.now();
  const servers = context.services.email.servers.length;
  switch (verdict.kind) {
    case 'accepted':
      await settleEntry(database, entry, { status: 'delivered', at, addressId: to.id });
      return calmCondition(context, 'mail_server_unusable', server);
    case 'later':
      return tryAgain(context, attempt, retryAfter(entry.attempts, servers));
    case 'unusable':
      context.log('error', 'a mail server refuses Drop', {
        alert: 'mail_server_unusable',
        server,
        reason: verdict.reason,
      });
      await openCondition(context, 'mail_server_unusable', {
        subject: server,
        parameters: { server, reason: verdict.reason },
      });
      return tryAgain(context, attempt, afterUnusable(entry.attempts, servers));
    case 'never':
      if (verdict.addressIsAtFault)
        await suppressAddress(database, to.address, { reason: verdict.reason, at });
      return giveUp(context, { ...ended(attempt), isAddressAtFault: verdict.addressIsAtFault });
  }
}

async function tryAgain(context: MailContext, attempt: Attempt, retry: MailRetry): Promise<void> {
  const { letter, verdict, server } = attempt;
  const { entry } = letter;
  const error = reasonOf(verdict);
  const nowMs = context.clock.now().getTime();
  context.log('warn', 'a mail was not accepted', { outboxId: entry.id, code: entry.code, server, error });
  switch (retry.kind) {
    case 'wait':
      return putOffEntry(context.store.database, entry, { dueAt: new Date(nowMs + retry.afterMs), error });
    case 'next_server':
      return putOffEntry(context.store.database, entry, {
        dueAt: new Date(nowMs),
        error,
        attempts: attemptsBeforeNextServer,
      });
    case 'end':
      return giveUp(context, ended(attempt));
  }
}

interface Ended {
  entry: ClaimedEntry;
  error: string;
  /** The address that it was sent to. */
  addressId?: string;
  isAddressAtFault?: boolean;
}

function ended({ letter: { entry, to }, verdict }: Attempt): Ended {
  return { entry, error: reasonOf(verdict), addressId: to.id };
}

/** A mail is not given up quietly, unless the address is at fault: that is the customer's to mend. */
async function giveUp(context: MailContext, end: Ended): Promise<void> {
  const { entry, isAddressAtFault = false, ...outcome } = end;
  const { error } = outcome;
  const { code, id } = entry;
  const at = context.clock.now();
  await context.store.database.transaction().execute(async (transaction) => {
    const isOurs = await settleEntry(transaction, entry, { ...outcome, status: 'dead', at });
    const found = { subject: 'mail', parameters: { code, reason: error } };
    if (isOurs && !isAddressAtFault) await openConditionIn(context, transaction, 'mail_given_up', found);
  });
  const said = { outboxId: id, code, error };
  if (isAddressAtFault) context.log('warn', 'a mail was given up', said);
  else context.log('error', 'a mail was given up', { alert: 'mail_given_up', ...said });
}

function reasonOf(verdict: MailVerdict): string {
  return verdict.kind === 'accepted' ? '' : verdict.reason;
}
