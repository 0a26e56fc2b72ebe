import type { StageEvent } from '#http/contract/stage.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useStageTexts } from '../texts/stage-texts.ts';

const tags = { nb: 'nb-NO', en: 'en-GB' } as const;

/** What the services just got and sent, the newest first. It is not announced: it changes with every call. */
export function StageEvents({ events }: { events: StageEvent[] }) {
  const texts = useStageTexts();
  return (
    <div className="stage-part">
      <p className="stage-title">{texts.events}</p>
      {events.length === 0 && <p className="quiet">{texts.noEvents}</p>}
      <ul role="list" className="stage-events" data-testid="stage-events">
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
    </div>
  );
}

function EventRow({ event }: { event: StageEvent }) {
  const texts = useStageTexts();
  const time = new Intl.DateTimeFormat(tags[useLocale()], { timeStyle: 'medium', timeZone: 'Europe/Oslo' });
  return (
    <li className="stage-event" data-kind={event.kind}>
      <span className="stage-event-head">
        <span>
          {texts.kinds[event.kind]} · {event.service}
        </span>
        <time dateTime={event.at}>{time.format(new Date(event.at))}</time>
      </span>
      <span>
        {event.address ? <Address event={event} /> : <code>{event.text}</code>}
        <Outcome event={event} />
      </span>
    </li>
  );
}

function Address({ event: { text, address } }: { event: StageEvent }) {
  const texts = useStageTexts();
  return (
    <a href={address ?? ''} target="_blank" rel="noreferrer">
      {text}
      <span className="ds-sr-only"> ({texts.newTab})</span>
    </a>
  );
}

/** The answer, and whether the sandbox itself spoiled it. */
function Outcome({ event: { kind, status, fault } }: { event: StageEvent }) {
  const texts = useStageTexts();
  if (kind === 'mail' || kind === 'alert') return null;
  return (
    <>
      {' '}
      <span className="stage-status" data-failed={status === null || status >= 400}>
        {status ?? texts.noAnswer}
      </span>
      {fault && ` ${texts.struck}`}
    </>
  );
}
