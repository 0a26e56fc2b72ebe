import { ArrowLeftIcon } from '@navikt/aksel-icons';
import { Link, type LinkProps } from '@tanstack/react-router';

export function BackLink({ children, ...link }: LinkProps & { children: string }) {
  return (
    <Link {...link} className="back-link">
      <ArrowLeftIcon aria-hidden />
      {children}
    </Link>
  );
}
