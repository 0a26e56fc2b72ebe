import type snsWebSdk from '@sumsub/websdk';
import type { Locale } from '#domain/locale.ts';

type WebSdk = typeof snsWebSdk;

declare global {
  interface Window {
    snsWebSdk?: WebSdk;
  }
}

/** Sumsub's codes for Drop's languages. */
const languages: Record<Locale, string> = { nb: 'no', en: 'en' };

export interface WebSdkSession {
  scriptUrl: string;
  /** The address of Sumsub's pages, if the SDK must not use its default. */
  baseUrl: string | undefined;
  token: string;
  locale: Locale;
  container: HTMLElement;
  /** Returns a new token for the same customer. A token expires after 30 minutes. */
  refreshToken: () => Promise<string>;
  onReady: () => void;
  onSubmitted: () => void;
  onError: () => void;
}

/**
 * Opens Sumsub's check inside `container`. Its events are hints only: the server reads the verdict from Sumsub. Returns
 * a function that closes the check.
 *
 * @throws when the script cannot be loaded.
 */
export async function openWebSdk(session: WebSdkSession): Promise<() => void> {
  const sdk = await loadScript(session.scriptUrl);
  const builder = sdk.init(session.token, session.refreshToken);
  /* The sandbox's script may lack this method. */
  if (session.baseUrl !== undefined && 'withBaseUrl' in builder) builder.withBaseUrl(session.baseUrl);
  const opened = builder
    .withConf({ lang: languages[session.locale] })
    .withOptions({ addViewportTag: false, adaptIframeHeight: true })
    .on('idCheck.onReady', session.onReady)
    .on('idCheck.onApplicantSubmitted', session.onSubmitted)
    .on('idCheck.onApplicantResubmitted', session.onSubmitted)
    .on('idCheck.onError', ({ code }) => {
      /* The SDK replaces an expired token by calling refreshToken. */
      if (code !== 'invalid-token') session.onError();
    })
    .build();
  opened.launch(session.container);
  return () => {
    if ('destroy' in opened) opened.destroy();
    session.container.replaceChildren();
  };
}

function loadScript(url: string): Promise<WebSdk> {
  return new Promise((resolve, reject) => {
    if (window.snsWebSdk) return resolve(window.snsWebSdk);
    const script = document.createElement('script');
    script.src = url;
    script.async = true;
    script.addEventListener('load', () => {
      if (window.snsWebSdk) resolve(window.snsWebSdk);
      else reject(new TypeError('the script did not bring the WebSDK'));
    });
    script.addEventListener('error', () => {
      script.remove();
      reject(new TypeError('the WebSDK could not be loaded'));
    });
    document.head.append(script);
  });
}
