import { useState } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { usePaymentRailTexts } from '../texts/payment-rail-texts.ts';
import { courseOf, type NodeState } from './payment-course.ts';
import { firstWay, nextWay, type Way } from './rail-way.ts';
import './payment-rail.css';
import './payment-rail-motion.css';

/** The sign in a node: it tells the states apart without their colour. */
const signs: Record<NodeState, string> = {
  done: 'M5 12.5 10 17.5 19 7.5',
  now: '',
  waits: 'M12 7v5.5l3.5 2',
  stopped: 'M7 7 17 17M17 7 7 17',
  unknown: 'M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.1-1.5 2.4M12 17.5v.1',
  ahead: '',
};

/** The way of a payment, along which the drop travels while the page is open. */
export function PaymentRail({ payment }: { payment: Payment }) {
  const texts = usePaymentRailTexts();
  const course = courseOf(payment);
  const { from, to } = useWay(payment, course);
  const isPaid = course[2] === 'done';
  /* Each way is a new drop, so that its motion begins anew. */
  const way = `${from}${to}`;
  return (
    <div className="rail" data-from={from} data-reached={to} data-testid="payment-rail" data-paid={isPaid}>
      <span className="rail-line" aria-hidden="true">
        <span key={way} />
      </span>
      <ol role="list" aria-label={texts.label}>
        {course.map((state, index) => (
          <li key={texts.nodes[index]} data-state={state} data-here={index === to}>
            <svg viewBox="0 0 24 24" className="rail-node" aria-hidden="true">
              <circle cx="12" cy="12" r="11" />
              <path d={signs[state]} />
            </svg>
            <span>{index === 0 && state !== 'done' ? texts.approval : texts.nodes[index]}</span>
            <StateWord state={state} />
          </li>
        ))}
      </ol>
      <span key={`ring ${way}`} className="rail-ring" data-state={course[to]} aria-hidden="true" />
      <span key={`drop ${way}`} className="rail-drop" data-state={course[to]} aria-hidden="true" />
    </div>
  );
}

function useWay(payment: Payment, course: readonly NodeState[]): Way {
  const [way, setWay] = useState(() => firstWay(payment, course, Date.now()));
  const next = nextWay(way, course);
  if (next !== way) setWay(next);
  return next;
}

/** Success and what lies ahead are clear from the sign; every other state has its word, too. */
function StateWord({ state }: { state: NodeState }) {
  const { states } = usePaymentRailTexts();
  const isPlain = state === 'done' || state === 'ahead' || state === 'now';
  return <span className={isPlain ? 'ds-sr-only' : 'rail-word'}>{states[state]}</span>;
}
