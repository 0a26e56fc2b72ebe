import { domainToASCII } from 'node:url';

/** A sender: a name that recipients see, and an address. */
export interface Mailbox {
  name: string;
  address: string;
  /** What follows the `@`, in ASCII. */
  domain: string;
}

const localLengthMax = 64;
const addressLengthMax = 254;
const local = /^[a-z\d!#$%&'*+/=?^_`{|}~-]+(\.[a-z\d!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domain = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/i;

/**
 * The address in the form that SMTP carries, its domain in ASCII; undefined for anything else. Quoted local parts,
 * address literals and local parts beyond ASCII are refused: few servers take them, and what is refused here can
 * neither end a header nor an SMTP command (RFC 5321, 4.1.2).
 */
export function readAddress(text: string): { address: string; domain: string } | undefined {
  const at = text.lastIndexOf('@');
  const name = text.slice(0, at);
  const host = at < 1 ? '' : domainToASCII(text.slice(at + 1));
  if (!local.test(name) || name.length > localLengthMax || !domain.test(host)) return undefined;
  const address = `${name}@${host}`;
  return address.length > addressLengthMax ? undefined : { address, domain: host };
}

/** Reads `Name <address>` or a bare address; undefined for anything else. */
export function readMailbox(text: string): Mailbox | undefined {
  const [, name = '', bracketed] = /^([^<>"\p{Cc}]*)<([^<>]*)>$/u.exec(text.trim()) ?? [];
  const read = readAddress(bracketed ?? text.trim());
  return read && { name: name.trim(), ...read };
}
