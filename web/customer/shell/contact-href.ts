import type { ProblemReference } from './problem-reference.ts';

/** The server accepts an e-mail address, an https address or a telephone number. */
export function contactHref(contact: string, reference?: ProblemReference): string {
  if (contact.startsWith('https:')) return contact;
  if (!contact.includes('@')) return `tel:${contact.replaceAll(' ', '')}`;
  if (!reference) return `mailto:${contact}`;
  const subject = ['Drop', reference.code, reference.requestId]
    .filter((part) => part !== undefined)
    .join(' ');
  return `mailto:${contact}?subject=${encodeURIComponent(subject)}`;
}
