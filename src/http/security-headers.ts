import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { loadingStyleSource } from './loading-screen.ts';

/** The page that opens the WebSDK. The web app loads it as a separate document. */
const verificationPage = /^\/verify\/?$/;

/**
 * Allows the browser to load only Drop's own resources. The verification page may also load Sumsub's WebSDK, which
 * needs the camera, so its script never runs on pages that make payments.
 */
export function securityHeaders({ config }: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  const withTransportSecurity = config.baseUrl.startsWith('https:');
  const everywhereElse = headersWith({ script: [], frame: [], withTransportSecurity });
  const verification =
    config.NEXT_PUBLIC_SERVICE_MODE === 'mock'
      ? everywhereElse
      : headersWith({
          script: [new URL(config.SUMSUB_WEBSDK_SCRIPT_URL).origin],
          frame: [new URL(config.SUMSUB_WEBSDK_BASE_URL).origin],
          withTransportSecurity,
        });
  return (c, next) => (verificationPage.test(c.req.path) ? verification : everywhereElse)(c, next);
}

/** A year, as browsers' lists of such sites ask for; also for the names below Drop's, where a cookie could be set. */
const transportSecurity = 'max-age=31536000; includeSubDomains';

interface Foreign {
  /** Origins of scripts and frames besides Drop's own. */
  script: string[];
  frame: string[];
  withTransportSecurity: boolean;
}

function headersWith({ script, frame, withTransportSecurity }: Foreign): MiddlewareHandler {
  const camera = frame.length > 0 ? ['self', ...frame] : [];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...script],
      styleSrc: ["'self'", loadingStyleSource],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: frame.length > 0 ? frame : ["'none'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { camera, microphone: camera, geolocation: camera },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: withTransportSecurity && transportSecurity,
  });
}
