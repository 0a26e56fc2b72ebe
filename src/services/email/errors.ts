import type { NodemailerError } from 'nodemailer';
import { isCertificateCode } from '#outbound/transport-error.ts';
import type { MailVerdict } from './service.ts';

/** A failed attempt: its verdict, and what the record of calls keeps of it. */
export interface FailedAttempt {
  verdict: Exclude<MailVerdict, { kind: 'accepted' }>;
  /** The server's reply code; undefined without a reply. */
  status: number | undefined;
  /** The enhanced status code of the reply, such as `5.1.1`. */
  statusCode: string | undefined;
  isTimeout: boolean;
}

interface Reply {
  code: number;
  statusCode: string | undefined;
  /** The command that was answered. */
  to: string;
}

/** Reply codes that refuse Drop's credentials or a connection without them or without TLS (RFC 4954, RFC 3207). */
const credentialCodes = new Set([530, 534, 535, 538]);

/** Commands that come before a mail: a refusal of one concerns Drop. */
const beforeMail = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH|API)\b/;

/** Of the sender's address (RFC 3463, 3.2): there is nothing wrong with the recipient's. */
const ofTheSender = /^5\.1\.[78]$/;
/**
 * Refusals of an unverified sender that come after the content and without a code of their own. Sources: SendGrid,
 * "Sender Identity"; Amazon SES, "SMTP response codes returned by Amazon SES".
 */
const unverifiedSender =
  /from address does not match a verified sender identity|email address is not verified/i;

/** The mail is too large, for the system or for the mailbox; servers say so to `MAIL FROM` already. */
const ofTheSize = /^5\.(2\.3|3\.4)$/;

/** No such mailbox, in its several forms, and a mailbox that is closed (RFC 3463, 3.2 and 3.3). */
const addressFaults = /^5\.(1\.([012346]|10)|2\.1)$/;

const timeouts = new Set(['ETIMEDOUT', 'EABORT']);
/** Faults of the mail or of Drop that a repetition would meet again. */
const ofTheMail = new Set([
  'EENVELOPE',
  'EMESSAGE',
  'EMAXRECIPIENTS',
  'EFILEACCESS',
  'EURLACCESS',
  'ESTREAM',
]);

/** Whether a status code says that there is no such mailbox, or that it is closed. */
export function isAddressFault(statusCode: string): boolean {
  return addressFaults.test(statusCode);
}

/** What a failed attempt means. A reason holds the codes of a reply, not its text, which often repeats the address. */
export function judge(error: NodemailerError): FailedAttempt {
  const reply = readReply(error);
  return {
    verdict: reply ? judgeReply(reply, error) : judgeSilence(error),
    status: reply?.code,
    statusCode: reply?.statusCode,
    isTimeout: timeouts.has(error.code ?? ''),
  };
}

function judgeReply(reply: Reply, { code, response = '' }: NodemailerError): FailedAttempt['verdict'] {
  const reason = `the server answered ${[reply.code, reply.statusCode].filter(Boolean).join(' ')} to ${reply.to}`;
  // 503 speaks of the order of the commands, so that another connection may do (RFC 5321, 4.3.2).
  if (reply.code < 500 || reply.code === 503) return { kind: 'later', reason };
  if (credentialCodes.has(reply.code) || code === 'EAUTH' || code === 'ETLS')
    return { kind: 'unusable', reason };
  if (concernsDrop(reply) || namesTheSender(reply, response)) return { kind: 'unusable', reason };
  const addressIsAtFault = reply.statusCode !== undefined && isAddressFault(reply.statusCode);
  return { kind: 'never', reason, addressIsAtFault };
}

function concernsDrop({ code, statusCode = '', to }: Reply): boolean {
  if (beforeMail.test(to) || ofTheSender.test(statusCode)) return true;
  return to === 'MAIL FROM' && code !== 552 && !ofTheSize.test(statusCode);
}

/** A refusal of the recipient may repeat the words of the recipient's own server. */
function namesTheSender({ to }: Reply, response: string): boolean {
  return to !== 'RCPT TO' && unverifiedSender.test(response);
}

function judgeSilence(error: NodemailerError): FailedAttempt['verdict'] {
  const { code = 'no code', originalCode = '', response } = error;
  if (code === 'EAUTH' || code === 'ENOAUTH') return unusable('the server takes no credentials of this form');
  if (isTlsFault(error)) return unusable(`TLS failed: ${wordOf(originalCode) ?? code}`);
  if (response !== undefined) return { kind: 'later', reason: 'no answer of SMTP' };
  if (ofTheMail.has(code)) return { kind: 'never', reason: `not sent: ${code}`, addressIsAtFault: false };
  if (code === 'EABORT') return { kind: 'later', reason: 'no answer in time' };
  return { kind: 'later', reason: `no answer: ${wordOf(originalCode) ?? wordOf(code) ?? 'no code'}` };
}

/** A connection that merely ends during the handshake is an outage, and not a server that Drop must not use. */
function isTlsFault({ code, originalCode = '', message }: NodemailerError): boolean {
  if (isCertificateCode(originalCode) || /^ERR_(TLS|SSL)_|^EPROTO$/.test(originalCode)) return true;
  const isCut = originalCode !== '' || message === 'Connection closed unexpectedly';
  return code === 'ETLS' && !isCut;
}

function unusable(reason: string): FailedAttempt['verdict'] {
  return { kind: 'unusable', reason };
}

/** A code of Node or OpenSSL, and nothing else that may stand in its place. */
function wordOf(code: string): string | undefined {
  return /^[A-Z][A-Z\d_]{2,60}$/.test(code) ? code : undefined;
}

/** The first line decides; a code of three digits begins it (RFC 5321, 4.2), an enhanced one follows (RFC 2034). */
function readReply({ response = '', responseCode, command }: NodemailerError): Reply | undefined {
  const [, digits, statusCode] = /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? [];
  const code = responseCode ?? Number(digits);
  if (!Number.isInteger(code) || code < 400 || code > 599) return undefined;
  return { code, statusCode, to: stepOf(command) };
}

const steps = ['MAIL FROM', 'RCPT TO', 'DATA', 'EHLO', 'HELO', 'STARTTLS', 'CONN', 'AUTH'];

/** A command's name without what follows it. */
function stepOf(command = 'CONN'): string {
  return steps.find((step) => command.startsWith(step)) ?? 'the connection';
}
