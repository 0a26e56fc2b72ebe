/** RFC 5321, 4.5.3.1.3: a path has at most 256 characters, of which two are its brackets. */
export const emailLengthMax = 254;

export type EmailFault = 'email_malformed' | 'email_too_long' | 'email_local_part_not_ascii';

export type ReadEmail = { ok: true; address: string } | { ok: false; fault: EmailFault };

/** RFC 5321, 4.5.3.1.1. */
const localLengthMax = 64;
/** Dot-atom (RFC 5322, 3.2.3): few servers take quoted names, and none of a customer's is one. */
const local = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/i;
/** Two labels or more, of which the last one is no number. */
const domain = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/i;

/**
 * Reads an e-mail address as it was typed. The domain becomes lower case and ASCII (IDNA); the part before it stays as
 * it is, because only its own server knows whether case matters. The result has no control character and no space.
 * Quoted names and address literals are refused.
 */
export function readEmailAddress(typed: string): ReadEmail {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  const [name, host] = [text.slice(0, Math.max(at, 0)), asciiDomain(text.slice(at + 1))];
  if (!isAscii(name)) return { ok: false, fault: 'email_local_part_not_ascii' };
  const address = `${name}@${host}`;
  if (address.length > emailLengthMax) return { ok: false, fault: 'email_too_long' };
  const isWellFormed = local.test(name) && name.length <= localLengthMax && domain.test(host);
  return isWellFormed ? { ok: true, address } : { ok: false, fault: 'email_malformed' };
}

/** Google delivers to one mailbox whatever dots are in its name ("Dots don't matter in Gmail addresses"). */
const withoutDots = new Set(['gmail.com', 'googlemail.com']);

/**
 * The mailbox of an address, as far as the address shows it: in lower case, without the tag after a `+` (RFC 5233), and
 * for Gmail without dots. For counting only; mail goes to the address itself.
 */
export function mailboxOf(address: string): string {
  const [name = '', host = ''] = address.toLowerCase().split('@');
  const tagAt = name.indexOf('+', 1);
  const untagged = tagAt < 0 ? name : name.slice(0, tagAt);
  return withoutDots.has(host) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${host}`;
}

/** Whether two addresses are the same one to Drop. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** Empty if the domain is none. A URL's host would be decoded, and cut at a character such as `/`. */
function asciiDomain(typed: string): string {
  if (isAscii(typed)) return typed.toLowerCase();
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(typed)) return '';
  const { hostname = '' } = URL.parse(`http://${typed}`) ?? {};
  return hostname;
}
