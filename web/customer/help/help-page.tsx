import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { appQuery } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { SupportContact } from '../shell/support-contact.tsx';
import { useHelpTexts } from '../texts/help-texts.ts';
import './help.css';

/** Answers to the likeliest questions, and the contact of customer service. Visitors can read it, too. */
export function HelpPage() {
  const texts = useHelpTexts();
  const { data: app } = useQuery(appQuery);
  return (
    <Page title={texts.title} lead={texts.lead} width="reading">
      <div className="surface rows">
        {texts.questions.map(({ title, text }) => (
          <details key={title} className="question">
            <summary className="row">
              <h2 className="row-words row-name">{title}</h2>
            </summary>
            {text.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </details>
        ))}
      </div>
      <section className="help-contact" aria-labelledby="help-contact">
        <h2 id="help-contact">{texts.contactTitle}</h2>
        <SupportContact>{texts.contact}</SupportContact>
        <p className="quiet">{app?.supportContact ? texts.contactText : texts.noContact}</p>
        <Link to="/about">{texts.about}</Link>
      </section>
    </Page>
  );
}
