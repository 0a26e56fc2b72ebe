import { PersonCheckmarkIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import type { Me } from '#http/contract/session.ts';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { useVerifyTexts } from '../texts/verify-texts.ts';
import { Page } from './page.tsx';

interface VerifyFirstProps {
  /** The title of the screen that the customer opened. */
  title: string;
  kycStatus: Me['kycStatus'];
  /** What a customer whose verification was rejected cannot do here. */
  rejectedText: string;
}

/** The screen in place of one that needs a verified customer, so that the server does not refuse a filled-in step. */
export function VerifyFirst({ title, kycStatus, rejectedText }: VerifyFirstProps) {
  const verify = useVerifyTexts();
  const isRejected = kycStatus === 'rejected';
  return (
    <Page title={title} width="form">
      <EmptyState
        icon={<PersonCheckmarkIcon aria-hidden />}
        title={isRejected ? verify.firstRejectedTitle : verify.firstTitle}
        text={isRejected ? rejectedText : verify.firstText}
      >
        <Link to="/verify" className="ds-button">
          {isRejected ? verify.firstRejectedAction : verify.firstAction}
        </Link>
      </EmptyState>
    </Page>
  );
}
