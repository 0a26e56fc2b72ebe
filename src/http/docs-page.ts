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

/** The OpenAPI document as an HTML page. */
export function docsPage(document: { paths?: object }): Html {
  const paths = Object.entries(document.paths ?? {}) as [string, Record<string, Operation | undefined>][];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Drop API</title>
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
            <pre>${JSON.stringify({ parameters, requestBody }, undefined, 2)}</pre>
          </details>`
        : ''
    }
  </section>`;
}
