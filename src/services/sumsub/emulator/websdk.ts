import { readFileSync } from 'node:fs';
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { sandboxPage } from '#emulation/page.ts';
import type { EmulatedApplicant, EmulatedApplicants } from './applicants.ts';
import { refuse } from './errors.ts';
import { outcomeNames } from './outcomes.ts';
import { maySubmit, type EmulatedReviews } from './reviews.ts';

interface WebSdkOptions {
  applicants: EmulatedApplicants;
  reviews: EmulatedReviews;
}

/** How long the page's request for the next change stays open, in milliseconds. */
const changeWaitMs = 20_000;

/** Sumsub documents the member `expireDate` but not when an applicant expires. */
const expiryMs = 365 * 86_400_000;

const submission = z.strictObject({ outcome: z.enum(outcomeNames) });

/** The scripts for the browser: the builder runs in Drop's page, the others in the frame. */
const scripts = {
  '/idensic/static/sns-websdk-builder.js': 'builder.js',
  '/websdk/frame.js': 'frame.js',
  '/websdk/screen.js': 'screen.js',
  '/websdk/texts.js': 'texts.js',
};

/** Only pages on this machine may embed the frame, because the sandbox is for local use. */
const framePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors http://localhost:* http://127.0.0.1:*',
].join('; ');

/** The routes of the WebSDK: the builder script, the page in the frame, and the API of that page. */
export function webSdkRoutes({ faults }: EmulatorContext, options: WebSdkOptions): Hono<EmulatorEnvironment> {
  const { applicants, reviews } = options;
  const routes = new Hono<EmulatorEnvironment>();

  for (const [path, file] of Object.entries(scripts)) {
    const source = readFileSync(new URL(`./websdk/${file}`, import.meta.url), 'utf8');
    const headers = {
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    };
    routes.get(path, faults.guard('websdk_script'), (c) => c.body(source, 200, headers));
  }

  routes.get('/websdk/websdk.html', faults.guard('websdk_page'), (c) => {
    c.header('content-security-policy', framePolicy);
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
    return c.html(framePage());
  });

  routes.get('/websdk/api/session', faults.guard('websdk_session'), async (c) => {
    const applicant = authorized(c, applicants);
    if (!applicant) return refuseToken(c);
    const after = Number(c.req.query('after') ?? 0);
    await applicants.changed(applicant, after, changeWaitMs);
    return c.json(sessionAnswer(applicant));
  });

  routes.post('/websdk/api/submission', faults.guard('websdk_submission'), async (c) => {
    const applicant = authorized(c, applicants);
    if (!applicant) return refuseToken(c);
    const parsed = submission.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return refuse(c, { status: 400, description: 'Invalid submission' });
    if (!maySubmit(applicant)) return refuse(c, { status: 409, description: 'Nothing to submit now' });
    reviews.submit(applicant, parsed.data.outcome);
    return c.json(sessionAnswer(applicant));
  });

  return routes;
}

function authorized(
  c: Context<EmulatorEnvironment>,
  applicants: EmulatedApplicants,
): EmulatedApplicant | undefined {
  return applicants.findByToken(/^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '');
}

function refuseToken(c: Context<EmulatorEnvironment>): Response {
  return refuse(c, { status: 401, description: 'Token expired' });
}

/** The data for the applicant's browser, which never includes `clientComment` or the labels. */
function sessionAnswer(applicant: EmulatedApplicant): Record<string, unknown> {
  const { reviewAnswer, reviewRejectType, moderationComment } = applicant.reviewResult ?? {};
  const decided = applicant.reviewStatus === 'completed';
  return {
    applicantId: applicant.id,
    levelName: applicant.levelName,
    createDate: applicant.createdAt.toISOString(),
    expireDate: new Date(applicant.createdAt.getTime() + expiryMs).toISOString(),
    reviewStatus: applicant.reviewStatus,
    ...(decided && { reviewResult: { reviewAnswer, reviewRejectType, moderationComment } }),
    attemptCount: applicant.attemptCount,
    maySubmit: maySubmit(applicant),
    version: applicant.version,
  };
}

function framePage(): ReturnType<typeof sandboxPage> {
  return sandboxPage(
    'Sumsub',
    html`<h1 id="heading" tabindex="-1">Sumsub</h1>
      <p id="intro" role="status"></p>
      <form id="form" hidden>
        <fieldset>
          <legend id="legend"></legend>
          <div id="choices"></div>
        </fieldset>
        <button class="primary" id="submit"></button>
      </form>`,
    {
      head: html`<style>
          input {
            flex: none;
          }
        </style>
        <script type="module" src="/websdk/frame.js"></script>`,
    },
  );
}
