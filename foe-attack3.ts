import { Journey } from '#cli/journey.ts';
import { randomUUID } from 'node:crypto';
const base = 'http://localhost:4100';
async function person(p: string, c: string) {
  const j = new Journey(base, [p, c]);
  await j.signIn(); await j.verify(); await j.linkBank();
  const cookie = j.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const send = async (method: string, path: string, body?: unknown, headers: Record<string,string> = {}) => {
    const r = await fetch(base + path, { method, redirect: 'manual', headers: { cookie, 'idempotency-key': randomUUID(), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await r.text(); let json: any; try { json = JSON.parse(text); } catch {}
    return { status: r.status, text, json };
  };
  return { j, send };
}
const pick = <T,>(xs: T[]): T => xs[Math.floor(Math.random() * xs.length)]!;
for (let round = 0; round < 4; round++) {
  const a = await person(pick(['kari', 'dina', 'atle']), 'Kari Testnes');
  const accounts = (await a.send('GET', '/api/accounts')).json.accounts;
  const acc = accounts.find((x: any) => x.accountNumber && x.consentStatus === 'active');
  const pays = (await a.send('GET', '/api/payments')).json.payments;
  const draft = { accountId: '', accountNumber: '1', name: 'x', amount: '1', referenceKind: 'text', kid: '', text: '', idempotencyKey: randomUUID() };
  const acts: (() => Promise<any>)[] = [
    () => a.send('POST', '/api/payments', { accountId: acc.id, amount: { amount: 100 + Math.floor(Math.random() * 100), currency: 'NOK' }, creditor: { name: 'X AS', accountNumber: '15032080178' }, acceptsRepeat: true }),
    () => a.send('POST', `/api/accounts/${acc.id}/refresh`),
    () => a.send('PUT', '/api/payment-draft', draft), () => a.send('DELETE', '/api/payment-draft'),
    () => a.send('POST', '/api/bank-connections', { renews: acc.connectionId }),
    () => a.send('PUT', '/api/settings', { dayLimit: { amount: 1000000, currency: 'NOK' } }),
    () => a.send('POST', '/api/creditors', { label: 'L', name: 'X AS', accountNumber: '15032080178' }),
    () => a.send('PUT', '/api/email-address', { address: `x${randomUUID().slice(0, 4)}@example.com` }), () => a.send('DELETE', '/api/email-address'),
    () => a.send('POST', '/api/data-copy', {}), () => a.send('GET', '/api/kyc/status'),
    () => a.send('POST', `/api/payments/${pick(pays.length ? pays : [{ id: randomUUID() }]).id}/cancel`),
    () => a.send('POST', `/api/payments/${pick(pays.length ? pays : [{ id: randomUUID() }]).id}/dismiss`),
    () => a.send('GET', '/api/payments'), () => a.send('GET', '/api/notifications'),
  ];
  const late: (() => Promise<any>)[] = [
    () => a.send('DELETE', `/api/bank-connections/${acc.connectionId}`),
    ...(round % 2 ? [() => a.send('POST', '/api/auth/logout-everywhere')] : [() => a.send('POST', '/api/account-closure', { confirmation: 'CLOSE' })]),
  ];
  const all = Array.from({ length: 160 }, () => pick(acts));
  for (const l of late) all.splice(Math.floor(all.length * (0.3 + Math.random() * 0.4)), 0, l);
  const results = await Promise.all(all.map((f) => f()));
  const m: Record<string, number> = {}; for (const r of results) { const k = `${r.status} ${r.status >= 400 ? r.json?.code : ''}`; m[k] = (m[k] ?? 0) + 1; }
  console.log(round, m);
}
process.exit(0);
