import { CheckmarkCircleFillIcon } from '@navikt/aksel-icons';
import { DropMark } from '#kit/brand/wordmark.tsx';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { exampleMoney } from './example-money.ts';
import './front.css';

export function FrontPage() {
  const { front } = useTexts();
  return (
    <div className="front">
      <section className="front-hero">
        <Page title={front.title} lead={front.lead} width="wide">
          <div className="actions">
            <a className="ds-button front-sign-in" href="/api/auth/bankid?returnTo=/">
              {front.signIn}
            </a>
          </div>
          <p className="front-requirement">{front.requirement}</p>
        </Page>
        <ExamplePicture />
      </section>
      <section className="front-steps" aria-labelledby="front-steps">
        <h2 id="front-steps">{front.stepsTitle}</h2>
        <ol role="list">
          {front.steps.map((step) => (
            <li key={step.title}>
              <h3>{step.title}</h3>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
      </section>
      <section className="front-trust" aria-labelledby="front-trust">
        <h2 id="front-trust">{front.trustTitle}</h2>
        <ul role="list">
          {front.trust.map((point) => (
            <li key={point.title}>
              <h3>{point.title}</h3>
              <p>{point.text}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** An illustration of a payment. It is hidden from screen readers, since the text beside it says the same. */
function ExamplePicture() {
  const { front } = useTexts();
  const format = useFormat();
  return (
    <div className="front-picture" aria-hidden="true">
      <DropMark size={420} />
      <div className="front-receipt">
        <span className="front-receipt-label">{front.example.label}</span>
        <span className="front-receipt-status">
          <CheckmarkCircleFillIcon />
          {front.example.status}
        </span>
        <span className="amount front-receipt-amount">
          <Figures>{format.money(exampleMoney)}</Figures>
        </span>
        <span className="front-receipt-to">{front.example.to}</span>
        <span className="front-receipt-from">{front.example.from}</span>
      </div>
    </div>
  );
}
