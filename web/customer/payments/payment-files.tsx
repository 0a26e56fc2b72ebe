import { DownloadIcon } from '@navikt/aksel-icons';
import type { Payment } from '#http/contract/payments.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useTexts } from '../texts/texts.ts';

/** Links to the PDFs of a payment, the newest first. The server names the files. */
export function PaymentFiles({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const locale = useLocale();
  return payment.documents.toReversed().map((kind) => (
    <a
      key={kind}
      className="ds-button"
      data-variant="secondary"
      href={`/api/payments/${payment.id}/${kind}.pdf?locale=${locale}`}
    >
      <DownloadIcon aria-hidden />
      {texts.download[kind]}
    </a>
  ));
}
