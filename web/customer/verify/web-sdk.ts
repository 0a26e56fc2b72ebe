import type snsWebSdk from '@sumsub/websdk';
import type { Locale } from '#domain/locale.ts';

type WebSdk = typeof snsWebSdk;

declare global {
  interface Window {
    snsWebSdk?: WebSdk;
  }
}

/** How Sumsub names our languages. */
const languages: Record<Locale, string> = { nb: 'no', en: 'en' };

export interface WebSdkSession {
  scriptUrl: string;
  /** Where Sumsub's pages are, when not where the token and the script say. */
  baseUrl: string | undefined;
  token: string;
  locale: Locale;
  container: HTMLElement;
  /** Gives a new token of the same customer when the present one has run out, which it does after 30 minutes. */
  refreshToken: () => Promise<string>;
  onReady: () => void;
  onSubmitted: () => void;
  onError: () => void;
}

/**
 * Opens Sumsub's check inside `container`; what it tells the page is a hint and never the verdict, which the server
 * reads from Sumsub itself. Returns how to close it.
 *
 * @throws when the script cannot be loaded.
 */
export async function openWebSdk(session: WebSdkSession): Promise<() => void> {
  const sdk = await loadScript(session.scriptUrl);
  const builder = sdk.init(session.token, session.refreshToken);
  /* A sandbox's script may be a smaller one, without this method. */
  if (session.baseUrl !== undefined && 'withBaseUrl' in builder) builder.withBaseUrl(session.baseUrl);
  const opened = builder
    .withConf({ lang: languages[session.locale] })
    .withOptions({ addViewportTag: false, adaptIframeHeight: true })
    .on('idCheck.onReady', session.onReady)
    .on('idCheck.onApplicantSubmitted', session.onSubmitted)
    .on('idCheck.onApplicantResubmitted', session.onSubmitted)
    .on('idCheck.onError', ({ code }) => {
      /* An expired token is mended by refreshToken. */
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
