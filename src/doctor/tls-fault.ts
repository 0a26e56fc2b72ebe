import { isCertificateCode } from '#outbound/transport-error.ts';

/** The meaning of a refused TLS connection, and the advice. */
export interface TlsFault {
  text: string;
  advice: string;
}

const byCode: Readonly<Record<string, TlsFault>> = {
  CERT_HAS_EXPIRED: {
    text: 'the certificate of the server has ended',
    advice: 'have the certificate of the server renewed',
  },
  CERT_NOT_YET_VALID: {
    text: 'the certificate of the server is not valid yet',
    advice: 'compare the clock of this machine, then have a valid certificate put in its place',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    text: 'the certificate of the server is that of another name',
    advice:
      'compare the address and its DNS with the names in the certificate: another server may have answered',
  },
};

const notTrusted = 'have the server show its whole chain, or name its authority in NODE_EXTRA_CA_CERTS';
const ended = 'compare the certificate that Drop shows with the registration there, and the versions of TLS';

/**
 * The fault that a code of Node or OpenSSL names; undefined for one that is none of TLS. An alert is the server's: it
 * takes neither what Drop shows nor how Drop speaks, and says nothing of the server's own certificate.
 */
export function tlsFaultOf(code: string): TlsFault | undefined {
  if (/^ERR_SSL_.*ALERT/.test(code)) return { text: `the server refuses TLS: ${code}`, advice: ended };
  const known = byCode[code];
  if (known) return known;
  if (!isCertificateCode(code)) return undefined;
  return { text: `the certificate of the server is not trusted: ${code}`, advice: notTrusted };
}

/** The fault of TLS in an error or its causes; undefined where there is none. */
export function tlsFaultIn(error: unknown): TlsFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return tlsFaultOf(code) ?? tlsFaultIn(error.cause);
}
