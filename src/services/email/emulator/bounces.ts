import type { EmulatorContext } from '#emulation/emulator.ts';
import { WebhookQueue, type SignedWebhook } from '#emulation/webhooks.ts';
import type { StoredMail } from './mailbox.ts';
import { reportMail, type Report } from './report.ts';

/** A mail with what is reported of it. */
export interface Bounced extends Pick<Report, 'status' | 'action' | 'withoutEnvelopeId'> {
  mail: StoredMail;
}

/** A mail server that forwards its reports, as with curl, tries again after a minute and after five. */
const redeliveryDelaysMs = [60_000, 300_000];

/** Reports bounces to Drop. */
export function createBounceSender(
  context: EmulatorContext,
  { url, secret }: { url: string; secret: string },
): WebhookQueue<Bounced> {
  const authorization = (password: string): string =>
    `Basic ${Buffer.from(`bounces:${password}`).toString('base64')}`;
  const typeOnly = { 'content-type': 'message/rfc822' };
  const withPassword = (signed: SignedWebhook, password: string): SignedWebhook => {
    return { ...signed, headers: { ...typeOnly, authorization: authorization(password) } };
  };
  return new WebhookQueue<Bounced>(context, {
    sign({ mail, ...how }) {
      const report = {
        ...how,
        mailId: mail.id,
        to: mail.to,
        headers: headersOf(mail),
        at: context.clock.now(),
      };
      return withPassword({ url, headers: {}, body: reportMail(report) }, secret);
    },
    redeliveryDelaysMs: () => redeliveryDelaysMs,
    acknowledges: (status) => status >= 200 && status < 300,
    corruptions: {
      unsigned: (signed) => ({ ...signed, headers: typeOnly }),
      foreign_key: (signed) => withPassword(signed, 'demo-another-password-of-the-sandbox'),
    },
  });
}

function headersOf({ received }: StoredMail): string {
  return received?.source.split(/\r?\n\r?\n/, 1)[0] ?? '';
}
