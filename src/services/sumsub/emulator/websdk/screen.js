import { texts } from './texts.js';

const element = (id) => document.getElementById(id);

/** Renders the applicant's screen. `language` is `nb` or `en`; any other becomes `nb`. */
export function createScreen(onSubmit) {
  let words = texts.nb;
  let shown = '';

  element('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const outcome = new FormData(event.target).get('outcome');
    element('submit').disabled = true;
    onSubmit(outcome);
  });

  function speak(language) {
    const known = language?.startsWith('en') ? 'en' : 'nb';
    words = texts[known];
    document.documentElement.lang = known;
    document.title = words.title;
    document.querySelector('.sandbox span').textContent = words.banner;
    element('heading').textContent = words.title;
    element('legend').textContent = words.legend;
    element('submit').textContent = words.submit;
    const chosen = new FormData(element('form')).get('outcome') ?? 'approved';
    element('choices').replaceChildren(
      ...Object.entries(words.choices).map((choice) => option(choice, chosen)),
    );
  }

  /** Shows one screen at a time. The focus moves to a change that the applicant did not cause in the form. */
  function show(name, text) {
    element('form').hidden = name !== 'form';
    element('submit').disabled = false;
    element('intro').textContent = text;
    if (shown !== '' && shown !== name) element('heading').focus();
    shown = name;
  }

  function draw(session) {
    const { reviewStatus, reviewResult, maySubmit } = session;
    const comment = reviewResult?.moderationComment;
    if (maySubmit && reviewResult) show('form', `${words.again} ${comment ?? ''}`);
    else if (maySubmit) show('form', words.intro);
    else if (reviewStatus === 'onHold') show('onHold', words.onHold);
    else if (reviewStatus !== 'completed') show('reviewing', words.reviewing);
    else show('decided', reviewResult.reviewAnswer === 'GREEN' ? words.approved : words.rejected);
  }

  return { speak, draw, fail: () => show('failed', words.failed) };
}

function option([value, [title, explanation]], chosen) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name: 'outcome', value, checked: value === chosen });
  const note = document.createElement('small');
  note.textContent = explanation;
  const words = document.createElement('span');
  words.append(title, note);
  const label = document.createElement('label');
  label.append(input, words);
  return label;
}
