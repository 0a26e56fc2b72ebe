import { Visitor } from '#cli/visitor.ts';

const pagesMax = 10;

/** Follows a bank's pages as a customer without scripts would. */
export interface BankVisit {
  /** Where the visit ends: the application's own address, which is not fetched. */
  callbackUrl: string;
  /** The value of the button to press where a page has it, e.g. `approve`; elsewhere the first button is pressed. */
  choice: string;
  /** Sees every page, as HTML. */
  onPage?: (html: string) => void;
}

/** Starts at `url` and returns the address that the bank sends the customer back to. */
export async function visitBank(url: string, { callbackUrl, choice, onPage }: BankVisit): Promise<URL> {
  const visitor = new Visitor(callbackUrl);
  try {
    let page = await visitor.visit(url, { headers: { accept: 'text/html' } });
    for (let pages = 0; pages < pagesMax; pages += 1) {
      if (page.url.href.startsWith(callbackUrl)) return page.url;
      onPage?.(page.body);
      page = await visitor.press(page, choice);
    }
    throw new RangeError(`the bank has more than ${pagesMax} pages`);
  } finally {
    await visitor.close();
  }
}
