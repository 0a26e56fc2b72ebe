/** A mail that is reported as not delivered. */
export interface Report {
  mailId: string;
  to: string;
  /** The headers of the mail, without an empty line. */
  headers: string;
  action: 'failed' | 'delayed';
  /** An enhanced status code, such as `5.1.1`. */
  status: string;
  /** Whether the report names the mail only by its returned headers, as servers without DSN do. */
  withoutEnvelopeId: boolean;
  at: Date;
}

const boundary = 'drop-sandbox-report';

/** A report as a mail server sends it: a text, the status of the one recipient, the headers. Source: RFC 3464. */
export function reportMail(report: Report): string {
  const { mailId, to, headers, action, status, withoutEnvelopeId, at } = report;
  const parts = [
    ['text/plain; charset=utf-8', `The mail to <${to}> was not delivered (${action}).`],
    [
      'message/delivery-status',
      [
        'Reporting-MTA: dns; mx.sandbox.example',
        ...(withoutEnvelopeId ? [] : [`Original-Envelope-Id: ${mailId}`]),
        '',
        `Final-Recipient: rfc822; ${to}`,
        `Action: ${action}`,
        `Status: ${status}`,
        `Diagnostic-Code: smtp; ${action === 'failed' ? 550 : 450} ${status} <${to}>: made up`,
      ].join('\n'),
    ],
    ['text/rfc822-headers', headers],
  ];
  const body = parts.map(([type, text]) => `--${boundary}\nContent-Type: ${type}\n\n${text}\n`);
  return [
    'From: Mail Delivery System <mailer-daemon@mx.sandbox.example>',
    'Subject: Undelivered mail',
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    ...body,
    `--${boundary}--`,
    '',
  ]
    .join('\n')
    .replaceAll(/\r?\n/g, '\r\n');
}
