import { Secret } from '#domain/secret.ts';

/** A mail server and Drop's credentials there. */
export interface ServerAddress {
  host: string;
  port: number;
  /** Whether TLS begins with the connection (`smtps:`), not with STARTTLS. */
  isImplicitTls: boolean;
  /** Absent where the address has none. */
  credentials: { user: string; password: Secret } | undefined;
}

const ports: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

/**
 * Reads `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465` (TLS from the start); undefined
 * for anything else. It takes no parameters: an address cannot turn verification off.
 */
export function readServerAddress(text: string): ServerAddress | undefined {
  const url = URL.parse(text);
  const port = ports[url?.protocol ?? ''];
  const host = hostOf(url?.hostname ?? '');
  if (!url || port === undefined || host === undefined) return undefined;
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  const credentials = readCredentials(url);
  if (credentials === 'unreadable') return undefined;
  return {
    host,
    port: url.port === '' ? port : Number(url.port),
    isImplicitTls: url.protocol === 'smtps:',
    credentials,
  };
}

/** A host has one name: `0x7f.1` is `127.0.0.1`. `URL` reads hosts like this only under the schemes of the web. */
function hostOf(hostname: string): string | undefined {
  const host = hostname === '' ? undefined : URL.parse(`http://${hostname}`)?.hostname;
  return host?.replace(/^\[(.*)\]$/, '$1');
}

/** Both or neither: a user without a password is an address that was cut off. */
function readCredentials({ username, password }: URL): ServerAddress['credentials'] | 'unreadable' {
  if (username === '' && password === '') return undefined;
  if (username === '' || password === '') return 'unreadable';
  try {
    return { user: decodeURIComponent(username), password: new Secret(decodeURIComponent(password)) };
  } catch {
    return 'unreadable';
  }
}
