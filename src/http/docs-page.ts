import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

interface Operation {
  summary?: string;
  requestBody?: unknown;
  parameters?: unknown;
  responses?: Record<string, { description?: string }>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The stylesheet of the page, which the content security policy does not allow in the page itself. */
export const docsStyle = `
body { margin: 0; font: 1rem/1.55 system-ui, sans-serif; color: #14231f; background: #f8f5ee; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 2rem; letter-spacing: -0.02em; }
h2 { margin: 0; font-size: 1.0625rem; }
section { margin-top: 1rem; padding: 1rem; border: 1px solid #d9d3c5; border-radius: 12px; background: #fff; }
section p { margin: 0.25rem 0 0; }
ul { margin: 0.5rem 0; padding-left: 1.25rem; }
a, summary { color: #0f4c43; }
summary { display: inline-block; padding-block: 0.5rem; cursor: pointer; }
pre { overflow-x: auto; margin: 0; padding: 0.75rem; border-radius: 8px; background: #f3efe5; font-size: 0.875rem; }
`;

/** The OpenAPI document as an HTML page. */
export function docsPage(document: { paths?: object }): Html {
  const paths = Object.entries(document.paths ?? {}) as [string, Record<string, Operation | undefined>][];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Drop API</title>
        <link rel="stylesheet" href="/api/docs.css" />
      </head>
      <body>
        <main>
          <h1>Drop API</h1>
          <p>The machine-readable form is <a href="/api/openapi.json">/api/openapi.json</a>.</p>
          ${paths.map(([path, operations]) =>
            methods.map((method) => {
              const operation = operations[method];
              return operation ? operationSection(method, path, operation) : '';
            }),
          )}
        </main>
      </body>
    </html>`;
}

function operationSection(method: string, path: string, operation: Operation): Html {
  const { summary, responses = {}, requestBody, parameters } = operation;
  return html`<section>
    <h2><code>${method.toUpperCase()} ${path}</code></h2>
    <p>${summary}</p>
    <ul>
      ${Object.entries(responses).map(([status, { description }]) => html`<li>${status}: ${description}</li>`)}
    </ul>
    ${
      requestBody || parameters
        ? html`<details>
            <summary>Request</summary>
            <pre tabindex="0">${JSON.stringify({ parameters, requestBody }, undefined, 2)}</pre>
          </details>`
        : ''
    }
  </section>`;
}
