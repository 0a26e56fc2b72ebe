import { Button } from '@digdir/designsystemet-react';
import {
  CheckmarkCircleFillIcon,
  ExclamationmarkTriangleFillIcon,
  HourglassTopFilledIcon,
  PencilLineIcon,
  XMarkOctagonFillIcon,
} from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { KycState } from '#http/contract/kyc.ts';
import { useVerifyTexts } from '../texts/verify-texts.ts';
import { SupportContact } from '../shell/support-contact.tsx';
import { verdictOf, type Verdict } from './verdict.ts';

interface VerifyStatusProps {
  kyc: KycState;
  /** The customer has just submitted, and the server has no new verdict yet. */
  submitted: boolean;
  busy: boolean;
  onStart: () => void;
}

type Shown = Exclude<Verdict, 'none'>;

const icons: Record<Shown, ReactNode> = {
  unfinished: <PencilLineIcon aria-hidden />,
  waiting: <HourglassTopFilledIcon aria-hidden />,
  takesLonger: <HourglassTopFilledIcon aria-hidden />,
  approved: <CheckmarkCircleFillIcon aria-hidden />,
  retry: <ExclamationmarkTriangleFillIcon aria-hidden />,
  rejected: <XMarkOctagonFillIcon aria-hidden />,
};

export function VerifyStatus({ kyc, submitted, busy, onStart }: VerifyStatusProps) {
  const verify = useVerifyTexts();
  const verdict = submitted ? 'waiting' : verdictOf(kyc);
  const shown: Shown = verdict === 'none' ? 'waiting' : verdict;
  const alone = shown === 'takesLonger' || shown === 'rejected' || submitted;
  return (
    <section className="verdict" data-verdict={shown} data-testid="verdict">
      <span className="verdict-icon">{icons[shown]}</span>
      <h2>{verify[`${shown}Title`]}</h2>
      <p>{verify[`${shown}Text`]}</p>
      {shown === 'rejected' && <SupportContact>{verify.rejectedContact}</SupportContact>}
      {!submitted && kyc.reasons.length > 0 && (
        <div className="reasons">
          <h3>{verify.reasonsTitle}</h3>
          <ul>
            {kyc.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      {shown === 'waiting' && !submitted && <p className="quiet">{verify.notSubmitted}</p>}
      <div className="actions">
        {shown === 'approved' && (
          <Link to="/banks" className="ds-button">
            {verify.approvedAction}
          </Link>
        )}
        {shown === 'unfinished' && <StartButton busy={busy} onStart={onStart} label={verify.resume} />}
        {shown === 'retry' && <StartButton busy={busy} onStart={onStart} label={verify.retryAction} />}
        {shown === 'waiting' && !submitted && (
          <StartButton busy={busy} onStart={onStart} label={verify.resume} secondary />
        )}
        {shown !== 'retry' && shown !== 'unfinished' && (
          <Link to="/" className="ds-button" data-variant={alone ? 'secondary' : 'tertiary'}>
            {verify.approvedHome}
          </Link>
        )}
      </div>
    </section>
  );
}

interface StartButtonProps {
  busy: boolean;
  onStart: () => void;
  label: string;
  secondary?: boolean;
}

function StartButton({ busy, onStart, label, secondary = false }: StartButtonProps) {
  return (
    <Button
      {...(secondary ? { variant: 'secondary' as const } : {})}
      loading={busy}
      aria-disabled={busy}
      onClick={() => !busy && onStart()}
    >
      {label}
    </Button>
  );
}
