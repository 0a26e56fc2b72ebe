import { useSearch } from '@tanstack/react-router';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { Notice } from '#kit/parts/notice.tsx';

export function SignInPage() {
  const { signIn } = useTexts();
  const { outcome, returnTo = '/' } = useSearch({ from: '/sign-in' });
  return (
    <Page title={signIn.title} lead={signIn.lead} width="form">
      {outcome === 'cancelled' && (
        <Notice tone="info" title={signIn.cancelledTitle}>
          <p>{signIn.cancelledText}</p>
        </Notice>
      )}
      {outcome === 'signed_out' && (
        <Notice tone="success" title={signIn.signedOutTitle}>
          <p>{signIn.signedOutText}</p>
        </Notice>
      )}
      {outcome === 'session_ended' && (
        <Notice tone="warning" title={signIn.endedTitle}>
          <p>{signIn.endedText}</p>
          {returnTo.startsWith('/pay?') || returnTo === '/pay' ? <p>{signIn.endedDraft}</p> : null}
        </Notice>
      )}
      {outcome === undefined && returnTo !== '/' && (
        <Notice tone="info" title={signIn.returnTitle}>
          <p>{signIn.returnText}</p>
        </Notice>
      )}
      {!navigator.cookieEnabled && (
        <Notice tone="warning" title={signIn.cookiesTitle}>
          <p>{signIn.cookiesText}</p>
        </Notice>
      )}
      <div className="actions">
        <a
          className="ds-button wide-button"
          href={`/api/auth/bankid?returnTo=${encodeURIComponent(returnTo)}`}
        >
          {signIn.button}
        </a>
      </div>
      <p className="quiet">{signIn.privacy}</p>
      <p className="quiet">{signIn.help}</p>
    </Page>
  );
}
