import { readEmailAddress } from '#domain/email-address.ts';

/** A sender: a name that recipients see, and an address. */
export interface Mailbox {
  name: string;
  address: string;
  /** What follows the `@`, in ASCII. */
  domain: string;
}

/**
 * The address in the form that SMTP carries, its domain in ASCII; undefined for anything else. What is refused here can
 * neither end a header nor an SMTP command (RFC 5321, 4.1.2).
 */
export function readAddress(text: string): { address: string; domain: string } | undefined {
  const read = readEmailAddress(text);
  if (!read.ok) return undefined;
  const { address } = read;
  return { address, domain: address.slice(address.lastIndexOf('@') + 1) };
}

/** Reads `Name <address>` or a bare address; undefined for anything else. */
export function readMailbox(text: string): Mailbox | undefined {
  const [, name = '', bracketed] = /^([^<>"\p{Cc}]*)<([^<>]*)>$/u.exec(text.trim()) ?? [];
  const read = readAddress(bracketed ?? text.trim());
  return read && { name: name.trim(), ...read };
}
