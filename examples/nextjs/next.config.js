import { fileURLToPath } from 'node:url';

export default {
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  // Drop compresses what is worth it, and its event stream must not wait in a buffer.
  compress: false,
  poweredByHeader: false,
  // Next would redirect `/api/x/` to `/api/x`, which to Drop is another path.
  skipTrailingSlashRedirect: true,
};
