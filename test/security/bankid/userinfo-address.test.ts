import { expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { expectRefusal, signIn, startStack } from './stack.ts';

it('is required when the number comes from userinfo', async () => {
  const stack = await startBroker();
  await stack.act('bend_discovery', { without: ['userinfo_endpoint'] });
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /names no userinfo/);
});

it('must be https', async () => {
  const stack = await startBroker();
  await stack.act('bend_discovery', { set: { userinfo_endpoint: 'http://elsewhere.example/userinfo' } });
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /not https/);
});

it('is not called on another host, even if the metadata names it', async () => {
  const stack = await startBroker();
  await stack.act('bend_discovery', { set: { userinfo_endpoint: 'https://elsewhere.example/userinfo' } });
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /elsewhere\.example is not an address/);
  expect(stack.requests('userinfo')).toBe(0);
});

it('may be configured, also without metadata', async () => {
  const stack = await startBroker();
  const urls = {
    authorizeUrl: `${stack.issuer}/precheck/auth`,
    tokenUrl: `${stack.issuer}/protocol/openid-connect/token`,
    jwksUrl: `${stack.issuer}/protocol/openid-connect/certs`,
  };
  await signIn(stack.client({ ...urls, userinfoUrl: `${stack.issuer}/userinfo` }));
  expect(stack.requests('discovery')).toBe(0);
  expect(() => stack.client(urls)).toThrow(/names no userinfo/);
});

it('is ignored when the ID token contains the number', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { set: { userinfo_endpoint: 'nonsense' } });
  await signIn(stack.bankId);
});
