import { fileURLToPath } from 'node:url';

export default {
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  // The event stream of `/api/events` must not wait in a buffer. A proxy in front may compress the rest.
  compress: false,
  poweredByHeader: false,
  // Next would redirect `/api/x/` to `/api/x`, which to Drop is another path.
  skipTrailingSlashRedirect: true,
};
