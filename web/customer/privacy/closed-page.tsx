import { Link } from '@tanstack/react-router';
import { Page } from '../shell/page.tsx';
import { usePrivacyTexts } from '../texts/privacy-texts.ts';

/** For a visitor whose account has just been closed, or who followed the link of the last mail. */
export function ClosedPage() {
  const { closed: texts } = usePrivacyTexts();
  return (
    <Page title={texts.title} lead={texts.text} width="form">
      <p>{texts.kept}</p>
      <div className="actions">
        <Link className="ds-button" to="/">
          {texts.home}
        </Link>
      </div>
    </Page>
  );
}
