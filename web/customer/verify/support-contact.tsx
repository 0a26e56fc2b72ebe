import { useQuery } from '@tanstack/react-query';
import { appQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';

/** The contact of customer service, if the operator has configured one. */
export function SupportContact() {
  const { verify } = useTexts();
  const { data: app } = useQuery(appQuery);
  if (!app?.supportContact) return null;
  return (
    <p>
      {verify.contact} <a href={hrefOf(app.supportContact)}>{app.supportContact}</a>
    </p>
  );
}

/** The server accepts an e-mail address, an https address or a telephone number. */
function hrefOf(contact: string): string {
  if (contact.startsWith('https:')) return contact;
  return contact.includes('@') ? `mailto:${contact}` : `tel:${contact.replaceAll(' ', '')}`;
}
