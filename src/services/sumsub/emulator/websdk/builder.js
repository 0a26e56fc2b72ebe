/*
 * Defines the global `snsWebSdk` with the call chain of Sumsub's own builder in the package @sumsub/websdk 2.9.0: the
 * same order of messages and the same precedence of handlers (a handler for one event precedes the handler for all
 * events).
 */
(() => {
  const scriptOrigin = new URL(document.currentScript.src).origin;

  class WebSdk {
    #settings;
    #container;
    #frame;
    #frameId;
    #sessionId;
    #listen = (event) => this.#receive(event);

    constructor(settings) {
      this.#settings = settings;
    }

    getVersion() {
      return 'sandbox';
    }

    launch(selectorOrElement) {
      const { accessToken, config, options } = this.#settings;
      const isSelector = typeof selectorOrElement === 'string';
      this.#container = isSelector ? document.querySelector(selectorOrElement) : selectorOrElement;
      if (!this.#container) throw new Error('snsWebSdk: there is no such container');
      if (options.addViewportTag) addViewportTag();
      this.#frameId = `id_${btoa(accessToken)}`;
      this.#frame = document.createElement('iframe');
      this.#frame.width = '100%';
      this.#frame.title =
        config.lang === 'en' ? 'Identity verification (sandbox)' : 'Verifisering (sandkasse)';
      this.#frame.allow = 'camera; microphone; geolocation; clipboard-write; hid';
      this.#frame.setAttribute('frameborder', '0');
      this.#container.replaceChildren(this.#frame);
      window.addEventListener('message', this.#listen);
      const query = new URLSearchParams({ _: this.#frameId });
      this.#frame.src = `${this.#settings.baseUrl}/websdk/websdk.html?${query}`;
    }

    destroy() {
      window.removeEventListener('message', this.#listen);
      this.#container?.replaceChildren();
      this.#container = undefined;
    }

    navigateBack() {
      this.#post({ method: 'idCheck.callNavigationBack' });
    }

    setLanguage(language) {
      this.#post({ method: 'idCheck.callSetLanguage', language });
    }

    setTheme(theme) {
      this.#post({ method: 'idCheck.callSetTheme', theme });
    }

    #post(message) {
      this.#frame?.contentWindow?.postMessage(message, this.#settings.baseUrl);
    }

    #receive(event) {
      if (event.origin !== this.#settings.baseUrl || event.source !== this.#frame.contentWindow) return;
      const { method, frameId, sessionId, ...payload } = event.data;
      if (typeof method !== 'string' || !method.startsWith('idCheck.')) return;
      if (this.#sessionId && this.#sessionId !== sessionId) return;
      if (method === 'idCheck.onReady' && frameId === this.#frameId) this.#initialize(sessionId);
      if (method === 'idCheck.onResize' && this.#settings.options.adaptIframeHeight)
        this.#frame.style.height = `${payload.height}px`;
      if (method === 'idCheck.onError' && payload.code === 'invalid-token') void this.#renewToken();
      else this.#settings.emit(method, payload);
    }

    #initialize(sessionId) {
      this.#sessionId = sessionId;
      const { accessToken, config, options } = this.#settings;
      const origin = window.location.origin;
      this.#post({ method: 'idCheck.init', ...config, accessToken, origin, options });
    }

    async #renewToken() {
      const answer = await this.#settings.updateAccessToken().then(
        (accessToken) => ({ accessToken }),
        (error) => ({ accessToken: null, error: String(error?.message ?? error ?? 'no new token') }),
      );
      this.#post({ method: 'idCheck.updateAccessToken', ...answer });
    }
  }

  class Builder {
    #accessToken;
    #updateAccessToken;
    #baseUrl = scriptOrigin;
    #config = {};
    #options = { addViewportTag: true, adaptIframeHeight: true, enableScrollIntoView: true };
    #handlers = new Map();
    #anyHandler = () => {};

    constructor(accessToken, updateAccessToken) {
      if (typeof accessToken !== 'string') throw new Error('snsWebSdk: the access token is not a string');
      if (typeof updateAccessToken !== 'function') throw new Error('snsWebSdk: no way to renew the token');
      this.#accessToken = accessToken;
      this.#updateAccessToken = updateAccessToken;
    }

    onTestEnv() {
      return this;
    }

    withBaseUrl(baseUrl) {
      this.#baseUrl = new URL(baseUrl).origin;
      return this;
    }

    withConf(config) {
      this.#config = config;
      return this;
    }

    withOptions(options) {
      this.#options = { ...this.#options, ...options };
      return this;
    }

    on(event, handler) {
      this.#handlers.set(event, handler);
      return this;
    }

    onMessage(handler) {
      this.#anyHandler = handler;
      return this;
    }

    onNavigationUiControlsStateChanged(handler) {
      return this.on('idCheck.onNavigationUiControlsStateChanged', handler);
    }

    build() {
      const emit = (type, payload) => {
        const handler = this.#handlers.get(type);
        if (handler) handler(payload);
        else this.#anyHandler(type, payload);
      };
      return new WebSdk({
        accessToken: this.#accessToken,
        updateAccessToken: this.#updateAccessToken,
        baseUrl: this.#baseUrl,
        config: this.#config,
        options: this.#options,
        emit,
      });
    }
  }

  function addViewportTag() {
    if (document.getElementsByName('viewport').length > 0) return;
    const tag = document.createElement('meta');
    tag.name = 'viewport';
    tag.content = 'width=device-width,user-scalable=yes';
    document.head.append(tag);
  }

  window.snsWebSdk = {
    init: (accessToken, updateAccessToken) => new Builder(accessToken, updateAccessToken),
  };
})();
