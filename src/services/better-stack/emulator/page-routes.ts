import { Hono } from 'hono';
import { z } from 'zod';
import { readParameters } from '#emulation/action-parameters.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { pageLanguage } from '#emulation/page-language.ts';
import type { Account } from './account.ts';
import { incidentPage, overviewPage, smsPage, statusPage, type Shown } from './pages.ts';

const minutesMax = 1_440;
const minutesSchema = z.strictObject({ minutes: z.coerce.number().int().min(1).max(minutesMax) });

/** Reads how many minutes open incidents become older. */
export function minutesOf(parameters: Record<string, unknown>): number {
  return readParameters(minutesSchema, parameters).minutes;
}

const cutOffSchema = z.strictObject({
  isCutOff: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
});

/** Reads whether the checks fail from now on. */
export function cutOffOf(parameters: Record<string, unknown>): boolean {
  return readParameters(cutOffSchema, parameters).isCutOff;
}

/** The pages, and what can be done on them. `environment` points the command line at the emulator. */
export function pageRoutes(
  account: Account,
  environment: Readonly<Record<string, string>>,
): Hono<EmulatorEnvironment> {
  const { collections, incidents, channels, pages } = account;
  const shown = (request: Request): Shown => ({
    language: pageLanguage(request),
    collections,
    incidents,
    environment,
    sms: channels.sms,
    isCutOff: account.watch.isCutOff,
  });
  const routes = new Hono<EmulatorEnvironment>();
  routes.get('/', (c) => c.html(overviewPage(shown(c.req.raw))));
  routes.get('/events', () => pages.response());
  routes.get('/sms', (c) => c.html(smsPage(shown(c.req.raw))));
  routes.get('/incidents/:id', (c) => {
    const incident = incidents.find(c.req.param('id'));
    return incident ? c.html(incidentPage(incident, shown(c.req.raw))) : c.notFound();
  });
  routes.get('/status/:subdomain', (c) => {
    const subdomain = c.req.param('subdomain');
    const found = collections
      .list('status-pages')
      .find(({ attributes }) => attributes['subdomain'] === subdomain);
    return found ? c.html(statusPage(found, shown(c.req.raw))) : c.notFound();
  });
  routes.post('/check-now', async (c) => {
    await account.look(true);
    return c.redirect(backTo(c.req.header('referer')), 303);
  });
  routes.post('/pass-minutes', async (c) => {
    await account.passMinutes(minutesOf(await c.req.parseBody()));
    return c.redirect(backTo(c.req.header('referer')), 303);
  });
  routes.post('/cut-off', async (c) => {
    await account.cutOff(cutOffOf(await c.req.parseBody()));
    return c.redirect('/', 303);
  });
  routes.post('/incidents/:id/acknowledge', (c) => {
    const id = c.req.param('id');
    return account.acknowledge(id) ? c.redirect(`/incidents/${id}`, 303) : c.notFound();
  });
  return routes;
}

/** The page that a form was on; only its path counts. */
function backTo(referer: string | undefined): string {
  return URL.parse(referer ?? '')?.pathname ?? '/';
}
