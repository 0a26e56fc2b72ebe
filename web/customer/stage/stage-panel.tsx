import { Button } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { useStageTexts } from '../texts/stage-texts.ts';
import { StageButtons } from './stage-buttons.tsx';
import { StageEvents } from './stage-events.tsx';
import { StagePeople } from './stage-people.tsx';
import { stageQuery, useActOnStage } from './stage-query.ts';
import { StageServices } from './stage-services.tsx';
import { StageSettings } from './stage-settings.tsx';
import './stage.css';

interface StagePanelProps {
  id: string;
  onClose: () => void;
}

/** The sandbox's stage: what the services around Drop do, and what they just got. Beside the app on a wide screen. */
export function StagePanel({ id, onClose }: StagePanelProps) {
  const texts = useStageTexts();
  const { data: stage, isError } = useQuery(stageQuery);
  const acting = useActOnStage();
  return (
    <section id={id} className="stage" aria-label={texts.title} data-testid="stage">
      <div className="stage-head">
        <p className="stage-title">{texts.title}</p>
        <Button variant="tertiary" data-color="neutral" className="header-button" onClick={onClose}>
          {texts.close}
        </Button>
      </div>
      <p className="quiet">{texts.intro}</p>
      {isError && <p role="alert">{texts.unanswered}</p>}
      {acting.isError && <p role="alert">{texts.refused}</p>}
      {stage && (
        <>
          <StageSettings stage={stage} acting={acting} />
          <StageButtons acting={acting} />
          <StagePeople people={stage.people} acting={acting} />
          <StageEvents events={stage.events} />
          <StageServices services={stage.services} />
        </>
      )}
    </section>
  );
}
