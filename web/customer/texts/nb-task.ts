/** The words around a task of three steps, in bokmål: paying, the identity check, a consent. */
export const nbTask = {
  step: (number: number, name: string) => `${number} av 3: ${name}`,
  close: 'Lukk',
  pay: ['Fyll ut', 'Kontroller', 'Godkjenn i banken'],
  verify: ['Dette trenger du', 'Kontroll', 'Svar'],
  banks: ['Velg bank', 'Les samtykket', 'Godkjenn i banken'],
};

export type TaskTexts = typeof nbTask;
