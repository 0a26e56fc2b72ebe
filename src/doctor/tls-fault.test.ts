import { expect, test } from 'vitest';
import { tlsFaultOf } from './tls-fault.ts';

test.each([
  ['CERT_HAS_EXPIRED', 'has ended', 'renewed'],
  ['CERT_NOT_YET_VALID', 'is not valid yet', 'clock of this machine'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'is that of another name', 'DNS'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'is not trusted', 'whole chain'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'is not trusted', 'NODE_EXTRA_CA_CERTS'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'the server refuses TLS', 'that Drop shows'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'the server refuses TLS', 'that Drop shows'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'the server refuses TLS', 'versions of TLS'],
])('%s means that it %s', (code, text, advice) => {
  expect(tlsFaultOf(code)).toEqual({
    text: expect.stringContaining(text) as string,
    advice: expect.stringContaining(advice) as string,
  });
});

test.each(['', 'ECONNREFUSED', 'UND_ERR_SOCKET', 'ENOTFOUND'])('%j is no fault of TLS', (code) => {
  expect(tlsFaultOf(code)).toBeUndefined();
});
