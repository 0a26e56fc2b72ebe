import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatOrganisationNumber } from '#kit/locale/organisation-number.ts';
import { appQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';

const pages = {
  help: '/help',
  about: '/about',
  terms: '/terms',
  privacy: '/privacy-notice',
  accessibility: '/accessibility',
} as const;
const linked = ['help', 'about', 'terms', 'privacy', 'accessibility'] as const;

/** What Drop does, which company operates it, and the pages that a customer of a payment institution must find. */
export function Footer() {
  const { shell } = useTexts();
  const { data: app } = useQuery(appQuery);
  return (
    <footer className="footer">
      <p>{shell.footer}</p>
      {app?.operator && (
        <p className="footer-operator">
          <span>
            {shell.operatedBy(app.operator.name, formatOrganisationNumber(app.operator.organisationNumber))}
          </span>
          <span>{shell.supervised}</span>
        </p>
      )}
      <nav aria-label={shell.footerLinks}>
        <ul role="list">
          {linked.map((page) => (
            <li key={page}>
              <Link to={pages[page]}>{shell[page]}</Link>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
}
