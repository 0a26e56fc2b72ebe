import { Journey } from '#cli/journey.ts';
import { randomUUID } from 'node:crypto';
const base = 'http://localhost:4100';
async function person(p: string, c: string) {
  const j = new Journey(base, [p, c]);
  await j.signIn(); await j.verify(); await j.linkBank();
  const cookie = j.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const send = async (method: string, path: string, body?: unknown, headers: Record<string,string> = {}) => {
    const r = await fetch(base + path, { method, redirect: 'manual', headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
    const text = await r.text(); let json: any; try { json = JSON.parse(text); } catch {}
    return { status: r.status, text, json, headers: r.headers };
  };
  return { j, cookie, send };
}
function count(xs: string[]) { const m: Record<string, number> = {}; for (const x of xs) m[x] = (m[x] ?? 0) + 1; return m; }
const a = await person('dina', 'Kari Testnes');
const account = (await a.send('GET', '/api/accounts')).json.accounts.find((x: any) => x.accountNumber);
const conns = await Promise.all(Array.from({ length: 12 }, () => a.send('POST', '/api/bank-connections', { renews: account.connectionId })));
console.log('12 renewals', count(conns.map((r) => `${r.status} ${r.json?.code ?? ''}`)));
const kyc = await Promise.all(Array.from({ length: 12 }, () => a.send('GET', '/api/kyc/initiate')));
console.log('12 kyc', count(kyc.map((r) => `${r.status} ${r.json?.code ?? ''}`)));
const saved = await Promise.all(Array.from({ length: 20 }, (_, i) => a.send('POST', '/api/creditors', { label: `L${i}`, name: 'X AS', accountNumber: '15032080178' })));
console.log('20 saves', count(saved.map((r) => `${r.status} ${r.json?.code ?? ''}`)), (await a.send('GET', '/api/creditors')).json.saved.length);
// texts
for (const name of ['=HYPERLINK("x")', '<img src=x>', '@everyone', '<!channel>', "Robert'); DROP", 'a\u202eb', '{{7*7}}', '-1+2', '+47', '%0d%0aX: y']) {
  const r = await a.send('POST', '/api/payments', { accountId: account.id, amount: { amount: 100, currency: 'NOK' }, creditor: { name, accountNumber: '15032080178' }, text: name, acceptsRepeat: true }, { 'idempotency-key': randomUUID() });
  console.log(JSON.stringify(name), r.status, r.json?.code ?? r.json?.status, JSON.stringify(r.json?.fields?.map((f: any) => f.field)));
}
const csv = await a.send('GET', '/api/payment-statement.csv?from=2026-11-01&to=2026-12-31&locale=en');
console.log(csv.status, csv.headers.get('content-disposition'), '\n' + csv.text.slice(0, 900));
// streams
const streams = await Promise.all(Array.from({ length: 15 }, async () => { const c = new AbortController(); const r = await fetch(base + '/api/events', { headers: { cookie: a.cookie }, signal: c.signal }); return { status: r.status, c }; }));
console.log('streams', count(streams.map((s) => `${s.status}`)));
streams.forEach((s) => s.c.abort());
// logout everywhere with a second session
const second = new Journey(base, ['dina', 'Kari Testnes']); await second.signIn();
const secondCookie = second.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
console.log('everywhere', (await a.send('POST', '/api/auth/logout-everywhere')).status, (await fetch(base + '/api/me', { headers: { cookie: secondCookie } })).status, (await a.send('GET', '/api/me')).status);
// closing against paying
const c = await person('atle', 'Kari Testnes');
const acc = (await c.send('GET', '/api/accounts')).json.accounts.find((x: any) => x.accountNumber);
const mixed = await Promise.all([...Array.from({ length: 8 }, () => c.send('POST', '/api/payments', { accountId: acc.id, amount: { amount: 100, currency: 'NOK' }, creditor: { name: 'X AS', accountNumber: '15032080178' }, acceptsRepeat: true }, { 'idempotency-key': randomUUID() })), c.send('POST', '/api/account-closure', { confirmation: 'CLOSE' }), c.send('POST', '/api/account-closure', { confirmation: 'CLOSE' })]);
console.log('pay and close', mixed.map((r) => `${r.status} ${r.json?.code ?? r.json?.status ?? ''}`).join(', '));
console.log('me', (await c.send('GET', '/api/me')).status);
process.exit(0);
