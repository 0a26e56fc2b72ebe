/*
 * Keeps the page and the scripts of the first screen, so that Drop opens without a network and says so. It answers
 * navigations from the network whenever there is one, and never touches the API: no data of a customer is kept.
 */
const worker = self as ServiceWorkerGlobalScope & typeof globalThis;

/** Filled in by the build (`emit.ts`): the first screen's files, and a name that follows from them. */
declare const shell: { readonly version: string; readonly files: readonly string[] };

const prefix = 'drop-shell-';
const cacheName = `${prefix}${shell.version}`;
/** The page at every path of the app; it holds nothing of a customer. */
const page = '/';
/** The paths that the server answers itself: a return from a bank or BankID must reach it or fail visibly. */
const serverPaths = /^\/(api|\.well-known|metrics)(\/|$)/;

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOldShells()));
/** The app says when nothing is being paid. */
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || serverPaths.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => keptPage()));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

/** Fails, and is tried again at a later visit, if the page belongs to another version than these files. */
async function keepShell(): Promise<void> {
  const answer = await fetch(new Request(page, { cache: 'reload', credentials: 'omit' }));
  const html = await answer.clone().text();
  if (!answer.ok || !shell.files.slice(0, 1).every((file) => html.includes(file)))
    throw new Error('the page is of another version');
  const cache = await caches.open(cacheName);
  await cache.addAll([...shell.files]);
  await cache.put(page, answer);
}

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function keptPage(): Promise<Response> {
  return (await (await caches.open(cacheName)).match(page)) ?? Response.error();
}

/** A file's name changes with its content, so a kept one is never old. A file of another version is not kept. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(cacheName)).match(request, { ignoreVary: true })) ?? fetch(request);
}
