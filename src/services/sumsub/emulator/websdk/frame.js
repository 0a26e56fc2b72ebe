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
    emit('onApplicantStatusChanged', statusPayload());
    if (session.reviewStatus === 'completed') emit('onApplicantVerificationCompleted', statusPayload());
  }
  if (session.maySubmit) {
    emit('onStepInitiated', { idDocSetType: 'IDENTITY', types: ['PASSPORT', 'ID_CARD', 'DRIVERS'] });
  }
}

function statusPayload() {
  const { reviewStatus, reviewResult, createDate: creationDate, levelName } = session;
  return { reprocessing: false, levelName, creationDate, reviewStatus, reviewResult, autoChecked: false };
}

async function submit(outcome) {
  const again = session.attemptCount > 0;
  try {
    const next = await ask('submission', { method: 'POST', body: JSON.stringify({ outcome }) });
    if (!next) return screen.draw(session);
    emit('onStepCompleted', { idDocSetType: 'IDENTITY' });
    emit('onStepCompleted', { idDocSetType: 'SELFIE' });
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
