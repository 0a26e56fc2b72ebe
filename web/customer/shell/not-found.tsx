import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/texts.ts';
import { Page } from './page.tsx';

export function NotFound() {
  const { notFound } = useTexts();
  return (
    <Page title={notFound.title} lead={notFound.text} width="form">
      <div className="actions">
        <Link className="ds-button" to="/">
          {notFound.action}
        </Link>
      </div>
    </Page>
  );
}
