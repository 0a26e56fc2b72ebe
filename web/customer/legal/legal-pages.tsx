import { useLegalTexts } from '../texts/legal-texts.ts';
import { Page } from '../shell/page.tsx';
import { SupportContact } from '../shell/support-contact.tsx';
import type { LegalText } from '../texts/nb-legal.ts';
import { LegalSections } from './legal-text.tsx';

export function TermsPage() {
  return <LegalPage {...useLegalTexts().terms} />;
}

export function PrivacyNoticePage() {
  return <LegalPage {...useLegalTexts().privacy} />;
}

export function AccessibilityPage() {
  return <LegalPage {...useLegalTexts().accessibility} />;
}

function LegalPage({ title, lead, sections }: LegalText) {
  const { contact } = useLegalTexts();
  return (
    <Page title={title} lead={lead} width="reading">
      <LegalSections sections={sections} />
      <SupportContact>{contact}</SupportContact>
    </Page>
  );
}
