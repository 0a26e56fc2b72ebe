import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { initiateKyc } from '../api/actions.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useVerifyTexts } from '../texts/verify-texts.ts';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { openWebSdk } from './web-sdk.ts';

interface WebSdkFrameProps {
  scriptUrl: string;
  baseUrl: string | undefined;
  token: string;
  onSubmitted: () => void;
  onFailed: () => void;
}

const openingMsMax = 20_000;

/** Sumsub's check in its frame, with a placeholder until the frame is ready. */
export function WebSdkFrame({ scriptUrl, baseUrl, token, onSubmitted, onFailed }: WebSdkFrameProps) {
  const verify = useVerifyTexts();
  const section = useRef<HTMLElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  const locale = useLocale();
  const submitted = useEffectEvent(onSubmitted);
  const failed = useEffectEvent(onFailed);

  useEffect(() => {
    if (!container.current) return undefined;
    let closed = false;
    let close = () => {};
    openWebSdk({
      scriptUrl,
      baseUrl,
      token,
      locale,
      container: container.current,
      refreshToken: initiateKyc,
      onReady: () => setReady(true),
      onSubmitted: () => submitted(),
      onError: () => failed(),
    }).then(
      (closeSdk) => {
        close = closeSdk;
        if (closed) close();
        nameFrame(container.current, verify.frameLabel);
      },
      () => !closed && failed(),
    );
    return () => {
      closed = true;
      close();
    };
  }, [scriptUrl, baseUrl, token, locale, verify]);

  /* Neither the script nor the browser reports a frame that does not load, so a timer does. */
  useEffect(() => {
    if (ready) return undefined;
    const timer = setTimeout(() => failed(), openingMsMax);
    return () => clearTimeout(timer);
  }, [ready]);

  /* The button that opened the check is gone. */
  useEffect(() => section.current?.focus({ preventScroll: true }), []);

  return (
    <section
      ref={section}
      tabIndex={-1}
      className="web-sdk"
      aria-label={verify.frameLabel}
      aria-busy={!ready}
    >
      {!ready && <LoadingRows rows={2} height={160} />}
      <div ref={container} data-testid="web-sdk" />
    </section>
  );
}

/** Sumsub's frame has no title, which screen readers need. */
function nameFrame(container: HTMLElement | null, title: string): void {
  const frame = container?.querySelector('iframe');
  if (frame && frame.title === '') frame.title = title;
}
