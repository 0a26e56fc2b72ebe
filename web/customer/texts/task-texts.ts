import { useLocale } from '#kit/locale/locale.ts';
import { enTask } from './en-task.ts';
import { nbTask, type TaskTexts } from './nb-task.ts';

/** These texts are loaded with the screens of a task, and not with the app. */
export function useTaskTexts(): TaskTexts {
  return useLocale() === 'en' ? enTask : nbTask;
}
