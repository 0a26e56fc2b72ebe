import { html } from 'hono/html';
import type { Context } from 'hono';
import type { Locale } from '#domain/locale.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { pageLanguage } from '#emulation/page-language.ts';
import { sandboxPage, type Html } from '#emulation/page.ts';
import type { SandboxBank } from './banks.ts';
import { texts } from './texts.ts';

const style = html`<style>
  .bank {
    font-weight: 700;
    letter-spacing: 0.02em;
    margin: 0 0 1rem;
  }
  fieldset {
    border: 1px solid #8a8577;
    border-radius: 8px;
    margin: 1rem 0;
    padding: 0.5rem 1rem;
  }
  .fault {
    border-left: 4px solid #b3261e;
    padding-left: 0.75rem;
  }
</style>`;

/** A page of a bank: its name and the sandbox's stripes above, the rest as given. */
export function bankPage(bank: SandboxBank, title: string, options: { language: Locale; body: Html }): Html {
  const name = `${bank.name} (test)`;
  const body = html`<p class="bank">${name}</p>
    <h1>${title}</h1>
    ${options.body}`;
  return sandboxPage(`${title} – ${name}`, body, { language: options.language, head: style });
}

/** For a link that was used, has run out or never was. */
export async function overPage(
  c: Context<EmulatorEnvironment>,
  bank?: SandboxBank,
  language: Locale = pageLanguage(c.req.raw),
): Promise<Response> {
  const { over, overNote } = texts[language];
  const body = html`<p>${overNote}</p>`;
  const page = bank
    ? bankPage(bank, over, { language, body })
    : sandboxPage(
        over,
        html`<h1>${over}</h1>
          ${body}`,
        { language },
      );
  return c.html(page, 410);
}
