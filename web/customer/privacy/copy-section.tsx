import { Button } from '@digdir/designsystemet-react';
import { DownloadIcon } from '@navikt/aksel-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DataCopy } from '#http/contract/privacy.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { askForCopy, copyDownload, dataCopyQuery } from '../api/privacy.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { SupportDetails } from '../shell/support-details.tsx';
import { usePrivacyTexts } from '../texts/privacy-texts.ts';

/** The copy of the data in each of its states: none, being made, ready, failed and expired. */
export function CopySection({ copy }: { copy: DataCopy }) {
  const { copy: texts } = usePrivacyTexts();
  const ask = useAsk();
  const isMaking = copy.status === 'making';
  return (
    <section className="surface stack" aria-labelledby="privacy-copy">
      <h2 id="privacy-copy">{texts.title}</h2>
      <p>{texts.text}</p>
      <div aria-live="polite" className="privacy-state">
        <State copy={copy} />
      </div>
      {ask.isError && <ProblemAlert error={ask.error} onRetry={() => ask.mutate()} />}
      {!isMaking && (
        <div className="actions">
          <Button
            variant={copy.status === 'ready' ? 'tertiary' : 'secondary'}
            loading={ask.isPending}
            aria-disabled={ask.isPending}
            onClick={() => !ask.isPending && ask.mutate()}
          >
            {copy.status === 'none' ? texts.ask : texts.again}
          </Button>
        </div>
      )}
      <p className="quiet">{texts.often}</p>
    </section>
  );
}

function State({ copy: { status, askedAt, expiresAt, bytes } }: { copy: DataCopy }) {
  const { copy: texts } = usePrivacyTexts();
  const format = useFormat();
  const locale = useLocale();
  const asked = askedAt === null ? '' : format.date(askedAt);
  switch (status) {
    case 'none':
      return null;
    case 'making':
      return (
        <Notice tone="info" title={texts.makingTitle}>
          <p>{texts.making}</p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="danger" title={texts.failedTitle}>
          <p>{texts.failed}</p>
          <SupportDetails reference={{ code: 'data_copy_failed' }} />
        </Notice>
      );
    case 'expired':
      return <p>{texts.expired(asked)}</p>;
    case 'ready':
      return (
        <Notice tone="success" title={texts.readyTitle}>
          <p>{texts.ready(asked, format.date(expiresAt ?? ''))}</p>
          <a className="ds-button" href={copyDownload}>
            <DownloadIcon aria-hidden />
            {texts.download}
          </a>
          <p className="quiet">{texts.size(sizeOf(bytes ?? 0, locale))}</p>
        </Notice>
      );
  }
}

function sizeOf(bytes: number, locale: string): string {
  const kilobytes = Math.max(1, Math.ceil(bytes / 1_000));
  return `${new Intl.NumberFormat(locale).format(kilobytes)}\u00a0kB`;
}

function useAsk() {
  const { copy: texts } = usePrivacyTexts();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: askForCopy,
    onSuccess: (state) => {
      queryClient.setQueryData(dataCopyQuery.queryKey, state);
      announce(texts.makingTitle);
      /* The pressed button is gone. */
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    },
  });
}
