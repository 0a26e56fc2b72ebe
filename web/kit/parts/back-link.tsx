import { ArrowLeftIcon } from '@navikt/aksel-icons';
import { Link, type LinkProps } from '@tanstack/react-router';

/** A link to the screen above. It is never the current page, although the path of this page begins with its path. */
export function BackLink({ children, ...link }: LinkProps & { children: string }) {
  return (
    <Link {...link} activeOptions={{ exact: true }} className="back-link">
      <ArrowLeftIcon aria-hidden />
      {children}
    </Link>
  );
}
