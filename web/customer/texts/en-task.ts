import type { TaskTexts } from './nb-task.ts';

export const enTask: TaskTexts = {
  step: (number, name) => `${number} of 3: ${name}`,
  close: 'Close',
  pay: ['Fill in', 'Check', 'Approve at the bank'],
  verify: ['What you need', 'Check', 'Result'],
  banks: ['Choose bank', 'Read the consent', 'Approve at the bank'],
};
