import { CheckmarkIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import { useHomeTexts } from '../texts/home-texts.ts';
import { useTexts } from '../texts/texts.ts';
import type { BankStep, VerifyStep } from './next-step.ts';
import './first-steps.css';

interface FirstStepsProps {
  verify: VerifyStep | undefined;
  bank: BankStep | undefined;
}

/** What a customer who has not paid yet does first: verify, link a bank, pay. The first open step has its action. */
export function FirstSteps({ verify, bank }: FirstStepsProps) {
  const { first } = useHomeTexts();
  const done = [verify, bank].filter((step) => step === undefined).length;
  const steps = [
    { key: 'verify', isDone: verify === undefined, words: verify },
    { key: 'bank', isDone: bank === undefined, words: bank },
    { key: 'pay', isDone: false, words: undefined },
  ] as const;
  const open = steps.find(({ isDone }) => !isDone);
  return (
    <section className="first-steps" aria-labelledby="first-steps">
      <div className="first-steps-head">
        <h2 id="first-steps">{first.title}</h2>
        <p className="quiet">{first.done(done)}</p>
      </div>
      <ol role="list">
        {steps.map((step, index) => (
          <li key={step.key} className="first-step" data-state={step.isDone ? 'done' : 'ahead'}>
            <span className="first-step-mark" aria-hidden="true">
              {step.isDone ? <CheckmarkIcon /> : index + 1}
            </span>
            {step === open ? (
              <OpenStep step={step.words ?? 'pay'} />
            ) : (
              <p>
                {step.isDone && <span className="ds-sr-only">{first.isDone} </span>}
                {first.titles[step.key]}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function OpenStep({ step }: { step: VerifyStep | BankStep | 'pay' }) {
  const { first } = useHomeTexts();
  const { home } = useTexts();
  const isBank = step === 'bank' || step === 'renew';
  const isWaiting = step === 'verifyWaiting' || step === 'verifyRejected';
  return (
    <div className="first-step-open">
      <h3>{step === 'pay' ? first.titles.pay : home[`${step}Title`]}</h3>
      <p>{step === 'pay' ? first.payText : home[`${step}Text`]}</p>
      <Link
        to={step === 'pay' ? '/pay' : isBank ? '/banks' : '/verify'}
        className="ds-button"
        {...(isWaiting ? { 'data-variant': 'secondary' } : {})}
      >
        {step === 'pay' ? home.pay : home[`${step}Action`]}
      </Link>
    </div>
  );
}
