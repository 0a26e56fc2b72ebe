import { parse } from 'node-html-parser';

/** Signs in at a running sandbox as the first person of the picker; returns the cookie of the session. */
export async function signIn(origin: string): Promise<string> {
  const start = await fetch(`${origin}/api/auth/bankid?returnTo=/`, { redirect: 'manual' });
  const browserCookie = cookiesOf(start);
  const address = start.headers.get('location') ?? '';
  const picker = await fetch(address);
  const form = parse(await picker.text()).querySelector('form');
  if (!form) throw new Error(`no form at ${picker.url}`);
  const fields = new URLSearchParams();
  for (const input of form.querySelectorAll('input')) {
    fields.append(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
  }
  const button = form.querySelector('button');
  const name = button?.getAttribute('name');
  if (name) fields.append(name, button?.getAttribute('value') ?? '');
  const chosen = await fetch(new URL(form.getAttribute('action') ?? picker.url, picker.url), {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  });
  const callback = chosen.headers.get('location') ?? '';
  const back = await fetch(callback, { redirect: 'manual', headers: { cookie: browserCookie } });
  return cookiesOf(back);
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}
