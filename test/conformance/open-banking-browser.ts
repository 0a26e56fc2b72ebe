import { request, type Dispatcher } from 'undici';

const pagesMax = 10;

/** Follows a bank's pages as a customer without scripts would. */
export interface BankVisit {
  dispatcher: Dispatcher;
  /** Where the visit ends: the application's own address, which is not fetched. */
  callbackUrl: string;
  /** The value of the button to press where a page has it, e.g. `approve`; elsewhere the first button is pressed. */
  choice: string;
  /** Sees every page, as HTML. */
  onPage?: (html: string) => void;
}

/** Starts at `url` and returns the address that the bank sends the customer back to. */
export async function visitBank(url: string, visit: BankVisit): Promise<URL> {
  let next: Step = { url, method: 'GET', body: undefined };
  for (let page = 0; page < pagesMax; page += 1) {
    if (next.url.startsWith(visit.callbackUrl)) return new URL(next.url);
    next = await takeStep(next, visit);
  }
  throw new RangeError(`the bank has more than ${pagesMax} pages`);
}

interface Step {
  url: string;
  method: 'GET' | 'POST';
  body: string | undefined;
}

async function takeStep({ url, method, body }: Step, visit: BankVisit): Promise<Step> {
  const response = await request(url, {
    method,
    dispatcher: visit.dispatcher,
    body: body ?? null,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  });
  const html = await response.body.text();
  const location = response.headers['location'];
  if (typeof location === 'string') {
    return { url: new URL(location, url).href, method: 'GET', body: undefined };
  }
  visit.onPage?.(html);
  return submitted(html, url, visit.choice);
}

/** Fills in a page's form as it stands and presses a button of it. */
function submitted(html: string, url: string, choice: string): Step {
  const form = /<form\b([^>]*)>(.*?)<\/form>/s.exec(html);
  if (form === null) throw new RangeError(`a page without a form at ${new URL(url).pathname}`);
  const [, tag = '', content = ''] = form;
  const buttons = tags(content, 'button');
  const button = buttons.find(({ value }) => value === choice) ?? buttons[0];
  const fields = tags(content, 'input').filter(
    ({ type, checked }) => type === 'hidden' || type === 'text' || checked !== undefined,
  );
  const body = new URLSearchParams();
  for (const { name, value } of [...fields, ...(button ? [button] : [])]) {
    if (name !== undefined) body.append(name, value ?? '');
  }
  const action = attributes(tag)['action'] ?? url;
  return { url: new URL(action, url).href, method: 'POST', body: body.toString() };
}

function tags(html: string, name: string): Record<string, string | undefined>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'gs'))].map(([, tag = '']) => attributes(tag));
}

function attributes(tag: string): Record<string, string | undefined> {
  const found = [...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
