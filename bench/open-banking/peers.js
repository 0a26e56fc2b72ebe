import { createPrivateKey, createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import signatures from 'http-signature';

export function jsonWebTokens({ privateKey, publicKey, claims, jwt: other }) {
  const [signing, verifying] = [createPrivateKey(privateKey), createPublicKey(publicKey)];
  const options = { algorithm: 'RS256' };
  const token = jwt.sign(claims, signing, options);
  return {
    'signed/s': () => jwt.sign(claims, signing, options),
    'verified/s': () => jwt.verify(token, verifying, { algorithms: ['RS256'] }),
    'webhooks verified/s': () => jwt.verify(other, verifying, { algorithms: ['RS256'] }),
  };
}

export function httpSignature({ privateKey, publicKey, keyId, headers, names }) {
  const sign = () => {
    const sent = { ...headers };
    const request = {
      method: 'GET',
      path: '/',
      getHeader: (name) => sent[name.toLowerCase()],
      setHeader: (name, value) => (sent[name.toLowerCase()] = value),
    };
    signatures.sign(request, { keyId, key: privateKey, headers: [...names], algorithm: 'rsa-sha256' });
    return sent;
  };
  const received = { method: 'GET', url: '/', httpVersion: '1.1', headers: sign() };
  const verify = () => {
    const parsed = signatures.parseRequest(received, { headers: [...names] });
    if (!signatures.verifySignature(parsed, publicKey)) throw new Error('the signature is wrong');
  };
  verify();
  return { 'signed/s': sign, 'verified/s': verify };
}
