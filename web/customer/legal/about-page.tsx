import { useQuery } from '@tanstack/react-query';
import type { App } from '#http/contract/system.ts';
import { formatOrganisationNumber } from '#kit/locale/organisation-number.ts';
import { appQuery } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { SupportContact } from '../shell/support-contact.tsx';
import { useLegalTexts } from '../texts/legal-texts.ts';
import { LegalSections } from './legal-text.tsx';

const register = 'https://www.finanstilsynet.no/virksomhetsregisteret/';
const board = 'https://www.finkn.no/';

/** The operator and its licence, the supervision, and the ways to complain. */
export function AboutPage() {
  const { about: texts } = useLegalTexts();
  const { data: app } = useQuery(appQuery);
  return (
    <Page title={texts.title} lead={texts.lead} width="reading">
      <section className="legal-section">
        <h2>{texts.operatorTitle}</h2>
        {app?.operator && <Operator operator={app.operator} />}
        {app?.operator === null && <p>{texts.operatorUnknown}</p>}
      </section>
      <section className="legal-section">
        <h2>{texts.supervisionTitle}</h2>
        <p>{texts.supervision}</p>
        <a href={register}>{texts.register}</a>
      </section>
      <section className="legal-section">
        <h2>{texts.complaintTitle}</h2>
        <p>{texts.complaintFirst}</p>
        <SupportContact>{texts.complaintContact}</SupportContact>
        <p>{texts.complaintBoard}</p>
        <a href={board}>{texts.board}</a>
      </section>
      <LegalSections sections={texts.sections} />
    </Page>
  );
}

function Operator({ operator }: { operator: NonNullable<App['operator']> }) {
  const { about: texts } = useLegalTexts();
  return (
    <dl className="facts">
      <div>
        <dt>{texts.name}</dt>
        <dd>{operator.name}</dd>
      </div>
      <div>
        <dt>{texts.number}</dt>
        <dd className="number">{formatOrganisationNumber(operator.organisationNumber)}</dd>
      </div>
      <div>
        <dt>{texts.address}</dt>
        <dd>{operator.address}</dd>
      </div>
      <div>
        <dt>{texts.licence}</dt>
        <dd>{operator.licence}</dd>
      </div>
    </dl>
  );
}
