import { useQuery } from '@tanstack/react-query';
import { appQuery } from '../api/queries.ts';

/**
 * A sentence that ends in the contact of customer service. Nothing if the operator has configured none: customer
 * service is named only together with its address.
 */
export function SupportContact({ children }: { children: string }) {
  const { data: app } = useQuery(appQuery);
  if (!app?.supportContact) return null;
  return (
    <p>
      {children} <a href={hrefOf(app.supportContact)}>{app.supportContact}</a>
    </p>
  );
}

/** The server accepts an e-mail address, an https address or a telephone number. */
function hrefOf(contact: string): string {
  if (contact.startsWith('https:')) return contact;
  return contact.includes('@') ? `mailto:${contact}` : `tel:${contact.replaceAll(' ', '')}`;
}
