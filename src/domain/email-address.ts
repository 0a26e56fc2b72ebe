/** RFC 5321, 4.5.3.1.3: a path has at most 256 characters, of which two are its brackets. */
export const emailLengthMax = 254;

export type EmailFault = 'email_malformed' | 'email_too_long' | 'email_local_part_not_ascii';

export type ReadEmail = { ok: true; address: string } | { ok: false; fault: EmailFault };

/** The rule of the HTML standard (4.10.5.1.5), with two labels or more, the last of which is no number. */
const form =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * Reads an e-mail address as it was typed. The domain becomes lower case and ASCII (IDNA); the part before it stays as
 * it is, because only its own server knows whether case matters. The result has no control character and no space.
 */
export function readEmailAddress(typed: string): ReadEmail {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (!isAscii(local)) return { ok: false, fault: 'email_local_part_not_ascii' };
  const address = `${local}@${asciiDomain(domain)}`;
  if (address.length > emailLengthMax) return { ok: false, fault: 'email_too_long' };
  return form.test(address) ? { ok: true, address } : { ok: false, fault: 'email_malformed' };
}

/** Whether two addresses are the same one to Drop. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** Empty if the domain is none. A URL's host would be decoded, and cut at a character such as `/`. */
function asciiDomain(domain: string): string {
  if (isAscii(domain)) return domain.toLowerCase();
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(domain)) return '';
  const { hostname = '' } = URL.parse(`http://${domain}`) ?? {};
  return hostname;
}
