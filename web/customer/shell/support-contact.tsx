import { useQuery } from '@tanstack/react-query';
import { appQuery } from '../api/queries.ts';
import { contactHref } from './contact-href.ts';
import type { ProblemReference } from './problem-reference.ts';

interface SupportContactProps {
  /** Goes into the subject of a mail. */
  reference?: ProblemReference | undefined;
  children: string;
}

/**
 * A sentence that ends in the contact of customer service. Nothing if the operator has configured none: customer
 * service is named only together with its address.
 */
export function SupportContact({ reference, children }: SupportContactProps) {
  const { data: app } = useQuery(appQuery);
  if (!app?.supportContact) return null;
  return (
    <p>
      {children} <a href={contactHref(app.supportContact, reference)}>{app.supportContact}</a>
    </p>
  );
}
