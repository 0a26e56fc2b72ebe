import type { Attachment } from 'postal-mime';
import { isMailId } from './message.ts';
import type { KeptReport } from './wire.ts';

type Report = NonNullable<KeptReport['bounce']>;

const nestingMax = 16;
const headerBytesMax = 32_768;
/**
 * A report comes before the mail that it returns. Anyone can write to the mailbox of bounces, and the parser's time
 * grows with the square of the number of lines: 250 KB of empty lines kept a process busy for seconds.
 */
const linesMax = 2_000;
const lineFeed = 0x0a;
const recipientsMax = 100;
const lineLengthMax = 2_000;

/** One block of fields of a `message/delivery-status`, by their names in lower case. */
type Fields = ReadonlyMap<string, string>;

/**
 * Reads a report of RFC 3464. Undefined for any other mail, such as an answer of a person, and for a report without a
 * failure or without the id of a mail of Drop's. Does not reject, whatever the bytes are.
 */
export async function readDeliveryReport(
  raw: string | Uint8Array,
  domain: string,
): Promise<Report | undefined> {
  const { default: PostalMime } = await import('postal-mime');
  const options = {
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
    maxNestingDepth: nestingMax,
    maxHeadersSize: headerBytesMax,
  } as const;
  const parsed = await PostalMime.parse(beginningOf(raw), options).catch(() => undefined);
  const type = parsed?.headers.find(({ key }) => key === 'content-type')?.value ?? '';
  if (!parsed || !/^\s*multipart\/report\b/i.test(type)) return undefined;
  const status = textOf(parsed.attachments, ['message/delivery-status', 'message/global-delivery-status']);
  const [ofTheMail, ...ofRecipients] = blocksOf(status);
  const mailId = envelopeIdOf(ofTheMail) ?? messageIdIn(returnedHeaders(parsed.attachments), domain);
  if (mailId === undefined) return undefined;
  const outcomes = ofRecipients.map(outcomeOf).filter((outcome) => outcome !== undefined);
  const worst = outcomes.find(({ action }) => action === 'failed') ?? outcomes[0];
  return worst && { mailId, ...worst };
}

/** The first lines of a mail. */
function beginningOf(raw: string | Uint8Array): Uint8Array {
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
  let end = 0;
  for (let line = 0; line < linesMax; line += 1) {
    const feed = bytes.indexOf(lineFeed, end);
    if (feed < 0) return bytes;
    end = feed + 1;
  }
  return bytes.subarray(0, end);
}

/** Deliveries and relays are no bounces; unknown actions neither. */
function outcomeOf(recipient: Fields): Omit<Report, 'mailId'> | undefined {
  const action = recipient.get('action')?.toLowerCase();
  const statusCode = /^[245]\.\d{1,3}\.\d{1,3}\b/.exec(recipient.get('status') ?? '')?.[0];
  if ((action !== 'failed' && action !== 'delayed') || statusCode === undefined) return undefined;
  return { action, statusCode };
}

function envelopeIdOf(fields: Fields | undefined): string | undefined {
  const id = fields?.get('original-envelope-id')?.trim() ?? '';
  return isMailId(id) ? id : undefined;
}

/** The Message-ID of a mail of Drop's: the id before the domain that it is sent from. */
function messageIdIn(headers: string, domain: string): string | undefined {
  const [, id = '', host = ''] = /^message-id:\s*<([^<>@\s]{1,100})@([^<>@\s]{1,255})>/im.exec(headers) ?? [];
  return host.toLowerCase() === domain.toLowerCase() && isMailId(id) ? id : undefined;
}

/** The mail that was returned, whole or its headers: up to the first empty line. */
function returnedHeaders(attachments: readonly Attachment[]): string {
  const returned = textOf(attachments, ['text/rfc822-headers', 'message/rfc822', 'message/global-headers']);
  return returned.slice(0, headerBytesMax).split(/\r?\n\r?\n/, 1)[0] ?? '';
}

function textOf(attachments: readonly Attachment[], types: readonly string[]): string {
  const found = attachments.find(({ mimeType }) => types.includes(mimeType));
  return typeof found?.content === 'string' ? found.content : '';
}

/** The block of the mail and then one for each recipient, with an empty line between two. */
function blocksOf(status: string): Fields[] {
  return status
    .slice(0, headerBytesMax)
    .split(/(?:\r?\n){2,}/, recipientsMax + 1)
    .filter((block) => block.trim() !== '')
    .map(fieldsOf);
}

function fieldsOf(block: string): Fields {
  const lines = block.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(':');
      return at < 1
        ? []
        : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1, lineLengthMax).trim()]];
    }),
  );
}
