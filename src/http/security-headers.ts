import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';

/** The page that the WebSDK is opened on; the web app has it in a document of its own. */
const verificationPage = /^\/verify\/?$/;

/**
 * What the browser may load: Drop's own. Only on the page of the verification also Sumsub's WebSDK, which needs the
 * camera: its script never runs where payments are made.
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

interface Foreign {
  /** Origins of scripts and of frames beside Drop's own. */
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
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: frame.length > 0 ? frame : ["'none'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { camera, microphone: camera, geolocation: camera },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    ...(withTransportSecurity ? {} : { strictTransportSecurity: false }),
  });
}
