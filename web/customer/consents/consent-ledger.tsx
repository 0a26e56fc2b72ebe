import type { Consent } from '#http/contract/consents.ts';
import { useConsentTexts } from '../texts/consent-texts.ts';
import { ConsentInForce } from './consent-in-force.tsx';
import { EndedConsents } from './ended-consents.tsx';

interface ConsentLedgerProps {
  consents: Consent[];
  unattendedReadsMax: number;
  onRevoked: (bankName: string) => void;
}

/** The consents in force, what to know of them, and those that have ended. */
export function ConsentLedger({ consents, unattendedReadsMax, onRevoked }: ConsentLedgerProps) {
  const { page: texts } = useConsentTexts();
  const inForce = consents.filter(({ status }) => status === 'active');
  const ended = consents.filter(({ status }) => status !== 'active');
  return (
    <>
      <section className="consents" aria-labelledby="consents-in-force">
        <h2 id="consents-in-force">{texts.inForce}</h2>
        {inForce.length === 0 && <p>{texts.noneInForce}</p>}
        {inForce.map((consent) => (
          <ConsentInForce
            key={consent.id}
            consent={consent}
            unattendedReadsMax={unattendedReadsMax}
            onRevoked={onRevoked}
          />
        ))}
      </section>
      {inForce.length > 0 && (
        <section className="about-consents" aria-labelledby="about-consents">
          <h2 id="about-consents">{texts.aboutTitle}</h2>
          <ul>
            {texts.about(unattendedReadsMax).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {ended.length > 0 && <EndedConsents consents={ended} />}
    </>
  );
}
