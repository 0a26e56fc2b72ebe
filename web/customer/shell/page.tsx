import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { endLoading } from '#kit/parts/end-loading.ts';
import { arrive } from './arrival.ts';

interface PageProps {
  /** The document's title, and the heading unless `heading` says otherwise. */
  title: string;
  heading?: ReactNode;
  lead?: ReactNode;
  /** `form`: one narrow column. `reading`: text. `wide`: the whole sheet. */
  width?: 'form' | 'reading' | 'wide';
  /** Shown above the heading, such as a link back. */
  above?: ReactNode;
  /** Another element takes the focus, such as the list of faults. */
  focusElsewhere?: boolean;
  children: ReactNode;
}

/**
 * A screen: its title in the tab, and one h1 that takes the focus when the customer comes from another screen. Where
 * one route has several steps, give each step a `key`, so that each is a screen of its own.
 */
export function Page({
  title,
  heading,
  lead,
  width = 'reading',
  above,
  focusElsewhere = false,
  children,
}: PageProps) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  const focusElsewhereOnArrival = useRef(focusElsewhere);
  useLayoutEffect(() => endLoading(), []);
  useEffect(() => {
    if (!arrive() || focusElsewhereOnArrival.current) return;
    headingRef.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);
  useEffect(() => {
    document.title = `${title} – Drop`;
  }, [title]);
  return (
    <div className="page" data-width={width}>
      {above}
      <h1 ref={headingRef} tabIndex={-1} className="page-title">
        {heading ?? title}
      </h1>
      {lead !== undefined && <p className="page-lead">{lead}</p>}
      {children}
    </div>
  );
}
