import { Button } from '@digdir/designsystemet-react';
import type { StageAct } from '#http/contract/stage.ts';
import { useStageTexts } from '../texts/stage-texts.ts';
import type { ActOnStage } from './stage-query.ts';

/** What happens once, when it is pressed. */
export function StageButtons({ acting }: { acting: ActOnStage }) {
  const texts = useStageTexts();
  const acts: [string, StageAct][] = [
    [texts.expireApprovals, { act: 'expire_approvals' }],
    [texts.expireConsents, { act: 'expire_consents' }],
    [texts.passDay, { act: 'pass_days', days: 1 }],
    [texts.usual, { act: 'usual' }],
  ];
  return (
    <div className="stage-buttons">
      {acts.map(([label, act]) => (
        <Button
          key={act.act}
          variant="secondary"
          data-color="neutral"
          className="stage-button"
          onClick={() => acting.mutate(act)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
