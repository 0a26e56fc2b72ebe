import type { Stage } from '#http/contract/stage.ts';
import { useStageTexts } from '../texts/stage-texts.ts';

/** The pages that the emulators have for people. */
export function StageServices({ services }: { services: Stage['services'] }) {
  const texts = useStageTexts();
  return (
    <div className="stage-part">
      <p className="stage-title">{texts.services}</p>
      <ul role="list" className="stage-services">
        {services.map(({ name, title, origin }) => (
          <li key={name}>
            <a href={origin} target="_blank" rel="noreferrer">
              {title}
              <span className="ds-sr-only"> ({texts.newTab})</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
