import { ChevronRightIcon } from '@navikt/aksel-icons';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useId, type ComponentType } from 'react';

interface SettingsRow {
  Icon: ComponentType;
  to: NonNullable<LinkProps['to']>;
  title: string;
  /** What is behind the link, or how it is set now. */
  text: string | undefined;
}

/** A heading with links to the screens below it. */
export function SettingsGroup({ title, rows }: { title: string; rows: SettingsRow[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="group">
      <h2 id={id}>{title}</h2>
      <ul role="list" className="surface rows">
        {rows.map(({ Icon, to, title: name, text }) => (
          <li key={to}>
            <Link to={to} className="row">
              <span className="row-mark" aria-hidden>
                <Icon />
              </span>
              <span className="row-words">
                <span className="row-name">{name}</span>
                {text !== undefined && <span className="row-text">{text}</span>}
              </span>
              <ChevronRightIcon aria-hidden className="row-arrow" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
