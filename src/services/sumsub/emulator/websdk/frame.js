/*
 * The page in the frame. It uses the messages of Sumsub's frame: it sends `idCheck.onReady` with the id of the frame,
 * receives `idCheck.init` with the token from the embedding page, and then sends events during the verification.
 */
import { createScreen } from './screen.js';

const frameId = new URLSearchParams(window.location.search).get('_');
const sessionId = crypto.randomUUID();
const screen = createScreen((outcome) => void submit(outcome));

// Any origin, until the embedding page has sent its own; `frame-ancestors` allows only loopback pages to embed this.
let hostOrigin = '*';
let accessToken = '';
let session;
let applicantIds = {};

function emit(event, payload = {}) {
  const message = { method: `idCheck.${event}`, frameId, sessionId, ...applicantIds, ...payload };
  window.parent.postMessage(message, hostOrigin);
}

/** Undefined when the token has expired: a new one is then requested, and `start` continues with it. */
async function ask(path, init = {}) {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const response = await fetch(`/websdk/api/${path}`, { ...init, headers });
  if (response.ok) return response.json();
  if (response.status === 401) emit('onError', { code: 'invalid-token', error: 'The token has expired' });
  else if (response.status !== 409) throw new Error(`answered ${response.status}`);
  return undefined;
}

async function start() {
  const first = await ask('session');
  if (!first) return;
  applicantIds = { applicantId: first.applicantId, levelName: first.levelName };
  if (!session) {
    emit('onInitialized');
    emit('onApplicantLoaded', applicantIds);
  }
  take(first);
  await follow(accessToken);
}

/** Waits for changes, one after the other, until the token changes. */
async function follow(token) {
  while (token === accessToken) {
    const next = await ask(`session?after=${session.version}`);
    if (!next || token !== accessToken) return;
    if (next.version !== session.version) take(next);
  }
}

function take(next) {
  const changed = session && session.version !== next.version;
  session = next;
  screen.draw(session);
  if (changed) {
    emitTwice('applicantStatus', 'onApplicantStatusChanged', statusPayload());
    if (session.reviewStatus === 'completed') emit('onApplicantVerificationCompleted', statusPayload());
  }
  if (session.maySubmit) beginStep(0);
}

/** Sumsub's frame sends some events under an older name, too. */
function emitTwice(olderEvent, event, payload) {
  emit(olderEvent, payload);
  emit(event, payload);
}

const steps = [
  { idDocSetType: 'IDENTITY', types: ['PASSPORT', 'ID_CARD', 'DRIVERS'] },
  { idDocSetType: 'SELFIE', types: ['SELFIE'], videoRequired: 'passiveLiveness' },
];

function beginStep(index) {
  emit('onVerificationProgressChanged', { currentStep: index + 1, totalSteps: steps.length });
  emit('onStepInitiated', steps[index]);
}

/** The events of an applicant who hands in an identity card and a selfie. */
function completeSteps() {
  const [identity, selfie] = steps.map(({ idDocSetType }) => ({ idDocSetType }));
  const idCard = { idDocType: 'ID_CARD', idDocSubType: 'FRONT_SIDE', country: 'NOR' };
  emit('onDocumentAdded', { imageId: 122352326, ...identity, ...idCard });
  emitTwice('stepCompleted', 'onStepCompleted', identity);
  beginStep(1);
  emit('onDocumentAdded', { imageId: 122352327, ...selfie, idDocType: 'SELFIE' });
  emit('onLivenessCompleted', { answer: 'GREEN', allowContinuing: true });
  emitTwice('moduleResultPresented', 'onModuleResultPresented', { answer: 'GREEN' });
  emitTwice('stepCompleted', 'onStepCompleted', selfie);
}

function statusPayload() {
  const { reviewStatus, reviewResult, createDate: creationDate, expireDate, levelName } = session;
  const dates = { creationDate, expireDate };
  return { reprocessing: false, levelName, ...dates, reviewStatus, reviewResult, autoChecked: false };
}

async function submit(outcome) {
  const again = session.attemptCount > 0;
  try {
    const next = await ask('submission', { method: 'POST', body: JSON.stringify({ outcome }) });
    if (!next) return screen.draw(session);
    completeSteps();
    emit(again ? 'onApplicantResubmitted' : 'onApplicantSubmitted');
    if (next.version > session.version) take(next);
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  screen.fail();
  emit('onError', { code: 'unknown', error: String(error?.message ?? error) });
}

function isHost(event) {
  const { hostname } = new URL(event.origin);
  return event.source === window.parent && (hostname === 'localhost' || hostname === '127.0.0.1');
}

const incoming = {
  'idCheck.init'(message, origin) {
    hostOrigin = origin;
    accessToken = message.accessToken;
    screen.speak(message.lang);
    start().catch(fail);
  },
  'idCheck.updateAccessToken'(message) {
    if (!message.accessToken) return fail(message.error);
    accessToken = message.accessToken;
    start().catch(fail);
  },
  'idCheck.callSetLanguage'(message) {
    screen.speak(message.language);
    if (session) screen.draw(session);
    emit('onLanguageChanged', { language: message.language });
  },
};

window.addEventListener('message', (event) => {
  if (isHost(event)) incoming[event.data?.method]?.(event.data, event.origin);
});
new ResizeObserver(() => emit('onResize', { height: document.documentElement.offsetHeight })).observe(
  document.documentElement,
);
screen.speak('nb');
emit('onReady');
