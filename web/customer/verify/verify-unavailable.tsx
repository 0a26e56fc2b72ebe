import { Button } from '@digdir/designsystemet-react';
import { SupportDetails } from '../shell/support-details.tsx';
import { useVerifyTexts } from '../texts/verify-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { Notice } from '#kit/parts/notice.tsx';

export function VerifyUnavailable({ busy, onRetry }: { busy: boolean; onRetry: () => void }) {
  const verify = useVerifyTexts();
  const { shell } = useTexts();
  return (
    <>
      <Notice tone="warning" title={verify.unavailableTitle}>
        <p>{verify.unavailableText}</p>
        <SupportDetails reference={{ code: 'kyc_unavailable' }} />
      </Notice>
      <div className="actions">
        <Button loading={busy} aria-disabled={busy} onClick={() => !busy && onRetry()}>
          {shell.tryAgain}
        </Button>
      </div>
    </>
  );
}
