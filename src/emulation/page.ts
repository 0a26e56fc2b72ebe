import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { defaultLocale, type Locale } from '#domain/locale.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Where every emulator says what it is, what it holds and which faults can be set. */
export const aboutPath = '/about';

const style = `
:root {
  color-scheme: light;
  font-family: system-ui, sans-serif;
  line-height: 1.5;
  color: #1b1b1f;
  background: #f6f4ee;
}
body {
  margin: 0;
}
.sandbox {
  background: repeating-linear-gradient(-45deg, #ffd84d 0 18px, #1b1b1f 18px 36px);
  padding: 10px;
  text-align: center;
}
.sandbox span {
  display: inline-block;
  background: #1b1b1f;
  color: #ffd84d;
  padding: 3px 12px;
  border-radius: 4px;
  font-weight: 700;
}
main {
  max-width: 34rem;
  margin: 1.5rem auto 3rem;
  padding: 1.5rem;
  background: #fff;
  border: 2px dashed #8a8577;
  border-radius: 12px;
}
@media (max-width: 36rem) { main { margin: 1rem; padding: 1rem; } }
h1 {
  font-size: 1.5rem;
  line-height: 1.2;
  margin: 0 0 .75rem;
}
h2 {
  font-size: 1.1rem;
  margin: 1.5rem 0 .5rem;
}
h3 {
  font-size: 1rem;
  margin: 1rem 0 .25rem;
}
ul.names {
  display: flex;
  flex-wrap: wrap;
  gap: .25rem .75rem;
  margin: 0;
  padding: 0;
  list-style: none;
}
ul.names li {
  overflow-wrap: anywhere;
}
summary {
  padding: .75rem 0;
  font-weight: 700;
  cursor: pointer;
}
form {
  margin: 0;
}
button,
.button {
  display: block;
  width: 100%;
  box-sizing: border-box;
  text-align: left;
  font: inherit;
  padding: .75rem 1rem;
  margin: .5rem 0;
  border: 1px solid #8a8577;
  border-radius: 8px;
  background: #fff;
  color: inherit;
  cursor: pointer;
  text-decoration: none;
}
button:hover,
.button:hover {
  background: #f6f4ee;
}
button:focus-visible,
a:focus-visible,
input:focus-visible {
  outline: 3px solid #0b57d0;
  outline-offset: 2px;
}
button.primary {
  background: #1b1b1f;
  color: #fff;
  text-align: center;
  font-weight: 600;
}
button.quiet {
  text-align: center;
}
small,
.note {
  display: block;
  color: #5b574c;
}
dl {
  display: grid;
  grid-template-columns: auto 1fr;
  gap: .25rem 1rem;
}
dt {
  color: #5b574c;
}
dd {
  margin: 0;
  text-align: right;
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}
label {
  display: flex;
  gap: .75rem;
  align-items: flex-start;
  padding: .5rem 0;
}
.amount {
  font-size: 2rem;
  font-weight: 700;
  line-height: 1.2;
  margin: 0 0 .75rem;
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}
input[type=checkbox],
input[type=radio] {
  width: 1.25rem;
  height: 1.25rem;
  margin-top: .15rem;
}
`;

const texts: Record<Locale, { sandbox: string; warning: string }> = {
  nb: { sandbox: 'sandkasse', warning: 'SANDKASSE – ikke ekte, ingen penger flyttes' },
  en: { sandbox: 'sandbox', warning: 'SANDBOX – not real, no money moves' },
};

/**
 * A whole page of an emulator. It carries its warning on top, in the language of the page, and looks like no real
 * product, so that it is not mistaken for one.
 */
export function sandboxPage(
  title: string,
  body: Html,
  { language = defaultLocale, head = html`` }: { language?: Locale; head?: Html } = {},
): Html {
  const { sandbox, warning } = texts[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${sandbox}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(style)}
        </style>
        ${head}
      </head>
      <body>
        <header class="sandbox"><span>${warning}</span></header>
        <main>${body}</main>
      </body>
    </html>`;
}
