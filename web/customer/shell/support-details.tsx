import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/texts.ts';
import type { ProblemReference } from './problem-reference.ts';
import { SupportContact } from './support-contact.tsx';

/** Where to get help with a failure, and what to quote there. Every screen and alert about one ends with it. */
export function SupportDetails({ reference }: { reference: ProblemReference | undefined }) {
  const { problems } = useTexts();
  if (!reference) return null;
  const { code, requestId } = reference;
  return (
    <div className="support">
      <SupportContact reference={reference}>{problems.support}</SupportContact>
      <p className="support-code">
        {problems.code}: {code}
        {requestId !== undefined && ` · ${problems.requestId}: ${requestId}`}
      </p>
      <Link to="/help">{problems.help}</Link>
    </div>
  );
}
