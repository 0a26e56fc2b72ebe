import type { createAppRouter } from '../router.tsx';

/** Where an update waits: the customer is paying, or gives a consent or an identity. */
const busy = /^\/(pay|payments\/[^/]+|verify|banks)\/?$/;

/**
 * Registers the service worker, which opens Drop without a network. A new version of it takes over at a moment when
 * nothing is being paid. The page itself always comes from the network where there is one.
 */
export async function keepShell(router: ReturnType<typeof createAppRouter>): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker
    .register('/service-worker.js', { updateViaCache: 'none' })
    .catch(() => undefined);
  if (!registration) return;
  const offer = () => {
    if (!busy.test(router.state.location.pathname)) registration.waiting?.postMessage('take over');
  };
  router.subscribe('onResolved', offer);
  registration.addEventListener('updatefound', () => {
    const found = registration.installing;
    found?.addEventListener('statechange', () => found.state === 'installed' && offer());
  });
  offer();
}
