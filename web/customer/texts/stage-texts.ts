import { useLocale } from '#kit/locale/locale.ts';
import { enStage } from './en-stage.ts';
import { nbStage, type StageTexts } from './nb-stage.ts';

/** These texts are loaded with the sandbox's stage, and not with the app. */
export function useStageTexts(): StageTexts {
  return useLocale() === 'en' ? enStage : nbStage;
}
