import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDeliveryReport } from './delivery-report.ts';

const domain = 'mail.drop.example';
const id = '0192f0aa-1111-7222-8333-944455566677';

interface Parts {
  type?: string;
  ofTheMail?: string[];
  recipients?: string[][];
  returned?: [type: string, content: string];
}

const failed = ['Final-Recipient: rfc822; kari@example.com', 'Action: failed', 'Status: 5.1.1'];
const delayed = ['Final-Recipient: rfc822; ola@example.com', 'Action: delayed', 'Status: 4.4.1'];
const relayed = ['Final-Recipient: rfc822; ola@example.com', 'Action: relayed', 'Status: 2.1.9'];
const headers = `Received: from a\r\n by b\r\nMessage-ID: <${id}@${domain}>\r\nSubject: x`;

/** A report as Postfix writes it (its bounce(5) and bounce(8)), after RFC 3464. */
function report(parts: Parts = {}): string {
  const { type = 'multipart/report; report-type=delivery-status', ofTheMail, recipients = [failed] } = parts;
  const status = [ofTheMail ?? [`Original-Envelope-Id: ${id}`], ...recipients].map((block) =>
    block.join('\r\n'),
  );
  const [returnedType, content] = parts.returned ?? ['text/rfc822-headers', 'Subject: x'];
  return [
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: ${type}; boundary="x"`,
    '',
    '--x',
    'Content-Type: text/plain',
    '',
    '<kari@example.com>: host mx.example said: 550 5.1.1 no such user',
    '--x',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mx.example\r\n${status.join('\r\n\r\n')}`,
    '--x',
    `Content-Type: ${returnedType}`,
    '',
    content,
    '--x--',
    '',
  ].join('\r\n');
}

const reported = { mailId: id, action: 'failed', statusCode: '5.1.1' };

describe('a report', () => {
  test.each<[string, string]>([
    ['with the envelope id', report()],
    ['with bare line feeds', report().replaceAll('\r\n', '\n')],
    [
      'with other capitals',
      report().replaceAll(/(status|action|original-envelope-id):/gi, (name) => name.toUpperCase()),
    ],
    [
      'with folded fields',
      report({ recipients: [['Action:', ' failed', 'Status:', '\t5.1.1 (no such user)']] }),
    ],
    [
      'with the headers of the mail in place of its id',
      report({ ofTheMail: [], returned: ['text/rfc822-headers', headers] }),
    ],
    [
      'with the whole mail in place of its id',
      report({ ofTheMail: [], returned: ['message/rfc822', `${headers}\r\n\r\nHei!`] }),
    ],
    ['about two recipients, of which one failed', report({ recipients: [delayed, failed] })],
    ['in capitals', report({ type: 'Multipart/Report; Report-Type="Delivery-Status"' })],
  ])('%s is read', async (_what, mail) => {
    expect(await readDeliveryReport(mail, domain)).toEqual(reported);
    expect(await readDeliveryReport(new TextEncoder().encode(mail), domain)).toEqual(reported);
  });

  test('that returns a long mail is read', async () => {
    const returned: [string, string] = ['message/rfc822', `${headers}\r\n\r\n${'Hei!\r\n'.repeat(40_000)}`];
    expect(await readDeliveryReport(report({ ofTheMail: [], returned }), domain)).toEqual(reported);
  });

  test.each([
    ['with 1,900 empty lines before it is read', 1_900, reported],
    ['with 2,100 empty lines before it is not looked for', 2_100, undefined],
  ])('%s', async (_what, lines, read) => {
    const mail = report().replace('--x\r\n', `${'\n'.repeat(lines)}--x\r\n`);
    expect(await readDeliveryReport(mail, domain)).toEqual(read);
    expect(await readDeliveryReport(new TextEncoder().encode(mail), domain)).toEqual(read);
  });

  test('of a delay is no failure', async () => {
    const read = await readDeliveryReport(report({ recipients: [delayed] }), domain);
    expect(read).toEqual({ mailId: id, action: 'delayed', statusCode: '4.4.1' });
  });

  const elsewhere = headers.replace(domain, 'another.example');
  test.each<[string, string]>([
    ['about a delivery', report({ recipients: [relayed] })],
    ['about no recipient', report({ recipients: [] })],
    ['without a status', report({ recipients: [['Action: failed']] })],
    ['with a status that is none', report({ recipients: [['Action: failed', 'Status: gone']] })],
    ['with an action that is none', report({ recipients: [['Action: lost', 'Status: 5.1.1']] })],
    ['about an unnamed mail', report({ ofTheMail: [] })],
    ['with an envelope id that is none of Drop’s', report({ ofTheMail: ['Original-Envelope-Id: a b<c>'] })],
    ["about another sender's mail", report({ ofTheMail: [], returned: ['text/rfc822-headers', elsewhere] })],
    [
      'whose mail names an id only in its text',
      report({ ofTheMail: [], returned: ['message/rfc822', `Subject: x\r\n\r\n${headers}`] }),
    ],
    ['of another kind of mail', report({ type: 'multipart/mixed' })],
    ['of an absence', 'Subject: I am away\r\nAuto-Submitted: auto-replied\r\n\r\nUntil Monday.'],
    ['of nothing', ''],
  ])('%s is no bounce', async (_what, mail) => {
    expect(await readDeliveryReport(mail, domain)).toBeUndefined();
  });
});

describe('hostile bytes', () => {
  const isRead = async (mail: string | Uint8Array): Promise<void> => {
    const read = await readDeliveryReport(mail, domain);
    if (read) expect(read.mailId).toMatch(/^[\w-]{1,100}$/);
    if (read) expect(read.statusCode).toMatch(/^[245]\.\d{1,3}\.\d{1,3}$/);
  };

  test('never make the reading fail', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), isRead));
  });

  test('in the place of any part of a report never make the reading fail', async () => {
    const good = report({ returned: ['message/rfc822', headers] });
    const changes = fc.record({
      from: fc.nat(good.length),
      to: fc.nat(good.length),
      by: fc.string({ unit: 'binary' }),
    });
    await fc.assert(
      fc.asyncProperty(changes, async ({ from, to, by }) => {
        await isRead(good.slice(0, Math.min(from, to)) + by + good.slice(Math.max(from, to)));
      }),
    );
  });

  const bytesMax = 262_144;
  test.each<[string, string]>([
    ['parts within parts', nested(2_000)],
    ['one line', `Content-Type: multipart/report; boundary=${'x'.repeat(bytesMax)}`],
    ['headers without end', 'X: y\r\n'.repeat(bytesMax / 6)],
    ['folds without end', `Content-Type: multipart/report${'\r\n '.repeat(bytesMax / 3)}`],
    ['empty lines', report({ recipients: [['\r\n'.repeat(bytesMax / 2)]] })],
    ['spaces', report({ recipients: [[`Action:${' '.repeat(bytesMax)}failed`]] })],
    ['boundaries without end', report().replace('--x\r\n', '--x\r\n'.repeat(bytesMax / 5))],
    [
      'message ids',
      report({ ofTheMail: [], returned: ['text/rfc822-headers', 'Message-ID: <'.repeat(20_000)] }),
    ],
  ])('of %s are read to their end', async (_what, mail) => {
    await isRead(mail);
  });
});

function nested(depth: number): string {
  const opened = Array.from({ length: depth }, (_, level) => {
    return `Content-Type: multipart/report; boundary="b${level}"\r\n\r\n--b${level}\r\n`;
  });
  return opened.join('');
}
