import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';

/**
 * The files in which a domain declares its app, so that the operating system opens the app's link in this app only.
 * Each is served only when the link is an https address and the app is configured.
 *
 * Sources: Apple, "Supporting associated domains"; Google, "Verify Android App Links".
 */
export function appLinkRoutes(app: OpenAPIHono<HttpEnvironment>, { config }: HttpDependencies): void {
  const link = new URL(config.BANKID_APP_LINK);
  if (link.protocol !== 'https:') return;
  const { IOS_APP_IDS: appIDs, ANDROID_PACKAGE: packageName, ANDROID_CERTIFICATES: fingerprints } = config;

  if (appIDs) {
    const components = [{ '/': link.pathname, comment: 'the end of a sign-in' }];
    const association = { applinks: { details: [{ appIDs, components }] } };
    app.get('/.well-known/apple-app-site-association', (c) => c.json(association));
  }
  if (packageName !== undefined && fingerprints) {
    const target = {
      namespace: 'android_app',
      package_name: packageName,
      sha256_cert_fingerprints: fingerprints.map((fingerprint) => fingerprint.toUpperCase()),
    };
    const statement = { relation: ['delegate_permission/common.handle_all_urls'], target };
    app.get('/.well-known/assetlinks.json', (c) => c.json([statement]));
  }
}
