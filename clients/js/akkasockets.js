// The client of AkkaSockets for browsers and Node.js. One client is one device of one user. See README.md; the wire is in docs/protocol.md.

/** @typedef {{epoch: string, seq: number}} Position */

const ABNORMAL = 1006, TOO_BIG = 1009, EXPIRED = 4002, REJECTED = 4501, REPLACED = 4503;
/** A socket that stayed this long was good: failures are counted from 0 again. */
const STABLE_AFTER_MS = 10_000;
/** Sends on their way at a time: below a server's burst of 100 frames, with room for acknowledgements. */
const WINDOW = 32;
const AT_ONCE_CODES = new Set([1001, 1012, 4001, EXPIRED]);

const DEFAULTS = {
  device: undefined, user: undefined, token: undefined, positions: undefined, onMessage: () => {}, autoAck: true,
  ackCount: 32, ackMs: 1000, queueLimit: 4096, sendLimit: 1024, backoffMs: 1000, backoffCapMs: 30_000,
  connectMs: 20_000, quietMs: 40_000, pongMs: 20_000, WebSocket: undefined, random: Math.random,
};

/** Close codes from 4500 to 4999 tell a client to stay away. */
export const isFinal = (code) => code >= 4500 && code <= 4999;

/**
 * When to come back, in ms. "At once" is spread over a quarter of the base, because whoever closed this socket closed others too;
 * back-off is a random part of a bound that doubles (full jitter), and takes the place of "at once" after a failure.
 */
export function delayFor(cause, attempt, { backoffMs, backoffCapMs, random }) {
  const backoff = (n) => Math.min(backoffMs * 2 ** Math.min(n, 40), backoffCapMs) * random();
  const atOnce = () => (attempt === 0 ? (backoffMs / 4) * random() : backoff(attempt - 1));
  switch (cause.reason) {
    case 'start': return 0;
    case 'asked': return cause.waitMs ?? 0;
    case 'hole': case 'overflow': case 'refresh': return atOnce();
    case 'closed': return AT_ONCE_CODES.has(cause.code) ? atOnce() : backoff(attempt);
    default: return backoff(attempt);
  }
}

/** When a JWT (RFC 7519) ends and when to replace it, in ms of the epoch: a tenth of its life before, 30 s at most. Null if it does not say. */
export function tokenLife(token, now = Date.now()) {
  try {
    const claims = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims.exp !== 'number') return null;
    const expires = claims.exp * 1000;
    const life = expires - (typeof claims.iat === 'number' ? claims.iat * 1000 : now);
    return { expires, refreshAt: expires - Math.max(0, Math.min(life / 10, 30_000)) };
  } catch {
    return null;
  }
}

/** A URL that the server names may be followed unless it would send in the clear what was sent encrypted. */
export function direct(named, configured) {
  if (!named || !URL.canParse(named)) return null;
  const { protocol } = new URL(named);
  return protocol === 'wss:' || (protocol === 'ws:' && new URL(configured).protocol === 'ws:') ? named : null;
}

/** Keeps the position in localStorage, so that a reloaded page goes on where it was. One key a device. */
export const localStoragePositions = (key, storage = globalThis.localStorage) => ({
  load: () => JSON.parse(storage.getItem(key) ?? 'null'),
  save: (position) => storage.setItem(key, JSON.stringify(position)),
});

/** What this device has seen, whatever socket brought it: decides of each message whether it is next. */
export class PositionTracker {
  /** @param {Position?} start */
  constructor(start = null) { this.current = start; }

  /** Takes a `ready` in; the position never goes back within an epoch. Returns what to tell. */
  ready({ epoch, seq, first, gap, resumed }) {
    const before = this.current;
    const oldest = gap ? Math.max(seq, first - 1) : seq;
    if (before?.epoch !== epoch) {
      this.current = { epoch, seq: oldest };
      return {
        gap: oldest > seq ? { asked: seq, first: oldest + 1 } : undefined,
        reset: before ? { previous: before, current: this.current } : undefined,
      };
    }
    // The old socket may meanwhile have brought what the new one calls lost; and one that resumed leaves nothing out unless it says so.
    if ((!gap && resumed) || oldest <= before.seq) return {};
    this.current = { epoch, seq: oldest };
    return { gap: { asked: before.seq, first: oldest + 1 } };
  }

  /** 'next' counts as seen. */
  take(epoch, seq) {
    if (this.current?.epoch !== epoch || seq <= this.current.seq) return 'seen';
    if (seq !== this.current.seq + 1) return 'hole';
    this.current = { epoch, seq };
    return 'next';
  }
}

/** A send failed for good (`retry` false), or was never sent (`code` 'queue-full', 'too-large', 'not-connected', 'stopped'). */
export class SendError extends Error {
  constructor(code, message, retry = false) { super(message); Object.assign(this, { name: 'SendError', code, retry }); }
}

/** The client must not come back; `code` is the close code, where there is one. */
export class StoppedError extends Error {
  constructor(message, code) { super(message); Object.assign(this, { name: 'StoppedError', code }); }
}

/** Unanswered sends. One line a target, of which only the first is on its way: so no repeat overtakes. */
class Sends {
  #lines = new Map();
  #byId = new Map();

  get size() { return this.#byId.size; }
  get all() { return [...this.#byId.values()]; }
  get(id) { return this.#byId.get(id); }

  add(send) {
    this.#byId.set(send.id, send);
    if (send.ephemeral) return;
    if (!this.#lines.has(send.to)) this.#lines.set(send.to, []);
    this.#lines.get(send.to).push(send);
  }

  remove(send) {
    this.#byId.delete(send.id);
    const line = this.#lines.get(send.to)?.filter((s) => s !== send);
    if (line?.length) this.#lines.set(send.to, line);
    else if (line) this.#lines.delete(send.to);
  }

  /** Those to write now: heads of lines that are on no socket and wait for nothing. */
  * next() {
    let under = this.all.filter((s) => s.on).length;
    for (const [head] of this.#lines.values()) {
      if (under >= WINDOW) return;
      if (head.on || head.held) continue;
      under++;
      yield head;
    }
  }
}

/** One WebSocket: what became of it. Knows nothing of others. */
class Socket {
  epoch = null; // The life of the log that its seqs count in; null before its `ready`.
  skipping = false;
  heard = Date.now();

  constructor(client, url, query) {
    const target = new URL(url);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) target.searchParams.set(name, value);
    this.url = url;
    this.ready = new Promise((resolve) => { this.becomeReady = resolve; });
    this.ended = new Promise((resolve) => { this.comeBack = resolve; });
    this.closed = new Promise((resolve) => { this.over = resolve; });
    this.ws = new (client._options.WebSocket ?? globalThis.WebSocket)(target, 'akkasockets.v1.json');
    this.ws.onmessage = ({ data }) => { this.heard = Date.now(); client._frame(this, data); };
    this.ws.onclose = ({ code, reason }) => this.lost({ reason: 'closed', code: code === 1005 ? ABNORMAL : code, detail: reason });
    this.ws.onerror = () => {}; // A close follows, always.
    this.onLost = (cause) => client._closed(this, cause);
  }

  get open() { return this.ws.readyState === 1; }

  send(frame) {
    if (this.open) this.ws.send(frame);
    return this.open;
  }

  /** Leaves it, without waiting for an answer that a dead peer would not give. */
  lost(cause) {
    if (this.gone) return;
    this.gone = cause;
    this.over(cause);
    this.becomeReady(false);
    this.onLost(cause);
    this.comeBack(cause);
    this.ws.close();
  }

  close(code = 1000, reason = 'the client is done') {
    if (this.ws.readyState < 2) this.ws.close(code, reason);
  }
}

/**
 * Events, each with a `detail`: `state`, `ready`, `message`, `gap`, `reset`, `reconnecting`, `fault`, `stopped`, and `frame` for
 * who wants to see everything that crosses the socket.
 */
export class AkkaSocketsClient extends EventTarget {
  #state = 'new';
  #current = null;
  #retired = null;
  #tracker = new PositionTracker();
  #sends = new Sends();
  #queue = [];
  #handling = false;
  #handled = null; // {epoch, seq}: what the application is done with.
  #unacked = 0;
  #acked = null;
  #attempt = 0;
  #readyAt = 0;
  #token = null;
  #tokenIsNew = false;
  #saving = Promise.resolve();
  #life = new AbortController();
  #timers = new Map();
  #paused = false;
  #moving = false;

  constructor(options) {
    super();
    const unknown = Object.keys(options).filter((key) => key !== 'url' && !(key in DEFAULTS));
    if (unknown.length) throw new TypeError(`${unknown.join(', ')}: no such option. There are url, ${Object.keys(DEFAULTS).join(', ')}.`);
    if (typeof options.url !== 'function' && !/^wss?:$/.test(URL.canParse(options.url) && new URL(options.url).protocol)) {
      throw new TypeError(`url is ${options.url}: it must be a ws:// or wss:// URL, or a function that returns one.`);
    }
    this._options = { ...DEFAULTS, ...options };
    this.device = options.device;
  }

  get state() { return this.#state; }
  /** The position of the last message that came, whether handled or not. */
  get position() { return this.#tracker.current; }

  /** Connects, and goes on until `stop` or a close that forbids it. Resolves with the first `ready`. */
  async start() {
    if (this.#state !== 'new') throw new Error('The client was started before.');
    this.#set('connecting');
    const first = new Promise((resolve, reject) => {
      this.addEventListener('ready', ({ detail }) => resolve(detail), { once: true });
      this.addEventListener('stopped', ({ detail }) => reject(detail ?? new StoppedError('stopped')), { once: true });
    });
    for (const event of ['online', 'visibilitychange']) {
      globalThis.addEventListener?.(event, () => this.#probe(0), { signal: this.#life.signal });
    }
    this.#run().catch((e) => this.#end(e instanceof StoppedError ? e : new StoppedError(`The client failed: ${e.message}`)));
    return first;
  }

  /** Acknowledges what was handled and says goodbye. Unanswered sends fail. */
  async stop() {
    if (this.#state === 'stopped') return;
    await this.#flush();
    this.#end(null);
  }

  /**
   * A durable message to a user. Resolves with `{id, seq, dup}` once it is in the receiver's log; repeated under the same id over
   * reconnects until then, so that it arrives once, and in the order of the calls to one user.
   */
  send(to, data, { id = crypto.randomUUID() } = {}) { return this.#send({ type: 'send', id, to, data }); }

  /** To the sockets attached now; resolves with their number. Asked once, kept nowhere. */
  async sendEphemeral(to, data) {
    return (await this.#send({ type: 'send', id: crypto.randomUUID(), to, data, ephemeral: true })).sockets;
  }

  /** With `autoAck: false`: everything up to this message was handled. */
  ack({ seq, epoch }) {
    // A seq from before the log began again means another message now.
    if (seq === undefined || epoch !== this.#tracker.current?.epoch || (this.#handled?.epoch === epoch && seq <= this.#handled.seq)) return;
    this.#handled = { epoch, seq };
    if (++this.#unacked >= this._options.ackCount) this.#flush();
    else this.#after('ack', this._options.ackMs, () => this.#flush());
  }

  async #run() {
    this.#tracker = new PositionTracker(await this._options.positions?.load() ?? null);
    for (let cause = { reason: 'start' }; ;) {
      const socket = await this.#comeBack(cause);
      cause = await this.#orStopped(socket.ended);
      if (Date.now() - this.#readyAt >= STABLE_AFTER_MS) this.#attempt = 0;
    }
  }

  async #comeBack(cause) {
    this.#moving = true;
    for (; ;) {
      if (cause.code === EXPIRED) this.#token = null;
      if (cause.code === REJECTED && this.#token && !this.#tokenIsNew) {
        // It was kept from before, and may have ended by the server's clock: a new one is worth a try.
        this.#token = null;
        cause = { reason: 'refresh', detail: cause.detail };
      }
      if (isFinal(cause.code) && !this.#current?.open) throw new StoppedError(`closed with ${cause.code}: ${cause.detail}`, cause.code);
      const delayMs = delayFor(cause, this.#attempt, this._options);
      if (cause.reason !== 'start') this.#emit('reconnecting', { ...cause, attempt: this.#attempt, delayMs });
      if (cause.reason !== 'start' && cause.reason !== 'asked') this.#attempt++;
      await this.#orStopped(new Promise((resolve) => { this.#after('wait', delayMs, resolve); }));
      const configured = await this.#orStopped(typeof this._options.url === 'function' ? this._options.url() : this._options.url)
        .catch((e) => { if (e instanceof StoppedError) throw e; cause = { reason: 'failed', detail: e.message }; });
      if (configured === undefined) continue;
      const named = direct(cause.url, configured);
      const socket = (named && (await this.#attach(named)).socket) || await this.#attach(configured).then((a) => { cause = a.cause ?? cause; return a.socket; });
      if (!socket) continue;
      this.#moving = false;
      this.#retired?.close(1000, 'moved');
      return socket;
    }
  }

  /** One attempt: a socket that is ready, or why there is none. */
  async #attach(url) {
    try {
      const token = await this.#orStopped(this.#fetchToken());
      // The token goes into a frame: an address is written into logs on its way.
      const query = token ? {} : { user: this._options.user, device: this.device, ...this.position };
      const socket = new Socket(this, url, query);
      socket.hello = () => token
        ? this.#tell(socket, { type: 'open', token, device: this.device, resume: this.position ?? undefined })
        : socket.lost({ reason: 'closed', code: REJECTED, detail: 'the server asks for a token, and there is none' });
      const timer = setTimeout(() => socket.lost({ reason: 'failed', detail: `not ready within ${this._options.connectMs} ms` }), this._options.connectMs);
      const ready = await this.#orStopped(socket.ready).catch((e) => { socket.close(); throw e; }).finally(() => clearTimeout(timer));
      return ready ? { socket } : { cause: await socket.closed };
    } catch (e) {
      if (e instanceof StoppedError) throw e;
      return { cause: { reason: 'failed', detail: e.message } };
    }
  }

  async #fetchToken(fresh = false) {
    if (!this._options.token) return undefined;
    this.#tokenIsNew = fresh || !this.#token || Date.now() >= (tokenLife(this.#token)?.refreshAt ?? Infinity);
    if (this.#tokenIsNew) this.#token = await this._options.token();
    return this.#token;
  }

  /** For Socket only. */
  _frame(socket, text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return socket.lost({ reason: 'failed', detail: 'the server sent something that is no frame' });
    }
    this.#emit('frame', { direction: 'in', text });
    if (socket.gone) return undefined;
    switch (frame.type) {
      case 'hello': return socket.hello();
      case 'ready': return this.#ready(socket, frame);
      case 'msg': return this.#message(socket, frame);
      case 'ok': return this.#answer(frame.id, (send) => send.resolve(frame));
      case 'err': return this.#refused(socket, frame);
      case 'reconnect': return socket.comeBack({ reason: 'asked', waitMs: frame.delayMs, url: frame.url, detail: frame.reason });
      default: return undefined;
    }
  }

  #ready(socket, frame) {
    [this.#retired, this.#current] = [this.#current, socket];
    [socket.epoch, this.device, this.#readyAt, this.#acked] = [frame.epoch, frame.device, Date.now(), null];
    const told = this.#tracker.ready(frame);
    // Whether the last acknowledgement got through the socket before is not known, so it is said again.
    if (this.#handled?.epoch === frame.epoch) this.#after('ack', this._options.ackMs, () => this.#flush());
    // Ephemeral ones are asked once: their answer comes over the old socket, or not.
    for (const send of this.#sends.all) if (!send.ephemeral) send.on = null;
    this.#set('connected');
    this.#emit('ready', frame);
    if (told.reset) this.#emit('reset', told.reset);
    if (told.gap) this.#emit('gap', told.gap);
    this.#pump();
    this.#probe(this._options.quietMs);
    this.#extend();
    socket.becomeReady(true);
  }

  #message(socket, frame) {
    if (socket.epoch === null || socket.skipping) return;
    if (this.#queue.length >= this._options.queueLimit) {
      // A browser's socket can't be told to wait: what does not fit is let go of, and asked for again when there is room.
      socket.skipping = true;
      return;
    }
    const message = { ...frame, epoch: socket.epoch };
    if (frame.seq !== undefined) {
      const verdict = this.#tracker.take(socket.epoch, frame.seq);
      if (verdict === 'hole') socket.comeBack({ reason: 'hole', detail: `${frame.seq} came after ${this.position.seq}` });
      if (verdict !== 'next') return;
    }
    this.#queue.push(message);
    if (!this.#handling) this.#handle();
  }

  /** One at a time, in order: the next one waits until the handler's promise is settled. */
  async #handle() {
    this.#handling = true;
    for (let message; this.#state !== 'stopped' && (message = this.#queue.shift());) {
      try {
        this.#emit('message', message);
        await this._options.onMessage(message, this);
      } catch (e) {
        this.#emit('fault', e);
      }
      if (this._options.autoAck) this.ack(message);
      if (this.#current?.skipping && this.#queue.length <= this._options.queueLimit / 2) this.#current.comeBack({ reason: 'overflow' });
    }
    this.#handling = false;
  }

  #send(frame) {
    return new Promise((resolve, reject) => {
      if (this.#state === 'stopped') throw new SendError('stopped', 'The client is stopped.');
      if (frame.data === undefined || JSON.stringify(frame.data) === undefined) throw new TypeError('data is no JSON value.');
      if (this.#sends.size >= this._options.sendLimit) throw new SendError('queue-full', `${this._options.sendLimit} sends are unanswered.`, true);
      if (this.#sends.get(frame.id)) throw new TypeError(`A send with the id ${frame.id} is unanswered.`);
      if (frame.ephemeral && !this.#current?.open) throw new SendError('not-connected', 'There is no connection now.', true);
      const { id, to, ephemeral } = frame;
      const send = { id, to, ephemeral, text: JSON.stringify(frame), on: null, held: false, resolve, reject };
      this.#sends.add(send);
      if (ephemeral) this.#write(send);
      else this.#pump();
    });
  }

  #pump() {
    if (this.#paused || !this.#current?.open) return;
    for (const send of this.#sends.next()) this.#write(send);
  }

  #write(send) {
    send.on = this.#current;
    this.#emit('frame', { direction: 'out', text: send.text });
    this.#current.send(send.text);
  }

  #tell(socket, frame) {
    this.#emit('frame', { direction: 'out', text: JSON.stringify(frame.token ? { ...frame, token: '…' } : frame) });
    return socket.send(JSON.stringify(frame));
  }

  #answer(id, how) {
    const send = this.#sends.get(id);
    if (!send) return;
    this.#sends.remove(send);
    how(send);
    this.#pump();
  }

  #refused(socket, { id, code, message, retry, retryAfterMs }) {
    const send = this.#sends.get(id);
    if (!send) {
      // Nothing but an acknowledgement is sent without an id that often, and nothing else would go missing unnoticed.
      if (id === undefined && retry) { this.#acked = null; this.#after('ack', retryAfterMs ?? this._options.ackMs, () => this.#flush()); }
      this.#emit('fault', new SendError(code, message, retry));
    } else if (!retry || send.ephemeral) {
      this.#answer(id, (s) => s.reject(new SendError(code, message, retry)));
    } else if (send.on === socket) {
      const pause = (retryAfterMs ?? 500) * (1 + this._options.random() / 2);
      [send.on, send.held] = [null, true];
      if (code === 'rate-limited') { this.#paused = true; this.#after('pause', pause, () => { this.#paused = false; this.#pump(); }); }
      setTimeout(() => { send.held = false; this.#pump(); }, pause);
    }
  }

  /** For Socket only. */
  _closed(socket, cause) {
    const lost = this.#sends.all.filter((send) => send.on === socket);
    // Without this the frame that the server choked on would be repeated for ever.
    const choked = cause.code === TOO_BIG && lost.reduce((a, b) => (a && a.text.length >= b.text.length ? a : b), null);
    if (choked) this.#answer(choked.id, (s) => s.reject(new SendError('too-large', 'The server closed the socket over it.')));
    for (const send of lost) {
      send.on = null;
      if (send.ephemeral) this.#answer(send.id, (s) => s.reject(new SendError('not-connected', 'The connection went before the answer.', true)));
    }
    if (socket === this.#retired) this.#retired = null;
    if (socket !== this.#current || this.#state === 'stopped') return;
    this.#set('reconnecting');
    // While a move is under way nobody waits for this socket's end; replaced by the very socket that is being opened is as it should be.
    if (this.#moving && isFinal(cause.code) && cause.code !== REPLACED) this.#end(new StoppedError(`closed with ${cause.code}: ${cause.detail}`, cause.code));
  }

  /** Saved first, acknowledged then: the server may forget what it was told of. */
  #flush() {
    this.#cancel('ack');
    this.#unacked = 0;
    // One after the other, so that a slow save does not end behind a later one.
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save() {
    const position = this.#handled;
    if (!position || this.#acked === position) return;
    try {
      await this._options.positions?.save(position);
      if (position.epoch === this.#current?.epoch && this.#tell(this.#current, { type: 'ack', seq: position.seq })) this.#acked = position;
    } catch (e) {
      this.#emit('fault', e);
      this.#after('ack', this._options.ackMs, () => this.#flush());
    }
  }

  /** Sees to it that a peer that is silently gone is noticed: a browser shows no WebSocket pings. */
  #probe(afterMs) {
    this.#after('probe', afterMs, () => {
      const socket = this.#current;
      const quiet = Date.now() - (socket?.heard ?? 0);
      if (!socket?.open) return;
      if (afterMs > 0 && quiet < this._options.quietMs) { this.#probe(this._options.quietMs - quiet); return; }
      const asked = Date.now();
      this.#tell(socket, { type: 'ping' });
      this.#after('pong', this._options.pongMs, () => {
        if (socket.heard < asked) socket.lost({ reason: 'closed', code: ABNORMAL, detail: 'the server does not answer' });
        else this.#probe(this._options.quietMs);
      });
    });
  }

  /** Brings a fresh token before the old one ends, so that the socket may stay. */
  #extend(leastMs = 0) {
    const life = this.#token && tokenLife(this.#token);
    if (!life || !this._options.token) return;
    // A token that is as good as over when it is new is not worth a timer; and timers reach 24 days at most.
    const due = Math.max(life.refreshAt - Date.now(), leastMs);
    if (due <= 0) return;
    this.#after('token', Math.min(due, 86_400_000), async () => {
      if (Date.now() < life.refreshAt) { this.#extend(); return; }
      try {
        const token = await this.#fetchToken(true);
        if (this.#current?.open) this.#tell(this.#current, { type: 'open', token });
        this.#extend();
      } catch (e) {
        this.#emit('fault', e);
        this.#extend(5000);
      }
    });
  }

  #end(reason) {
    if (this.#state === 'stopped') return;
    this.#set('stopped');
    this.#life.abort(reason ?? new StoppedError('The client was stopped.'));
    for (const name of [...this.#timers.keys()]) this.#cancel(name);
    for (const send of this.#sends.all) this.#answer(send.id, (s) => s.reject(new SendError('stopped', reason?.message ?? 'The client was stopped.')));
    this.#current?.close();
    this.#retired?.close();
    this.#emit('stopped', reason);
  }

  #orStopped(promise) {
    const { signal } = this.#life;
    return new Promise((resolve, reject) => {
      if (signal.aborted) { reject(signal.reason); return; }
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      Promise.resolve(promise).then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }

  #after(name, ms, what) {
    this.#cancel(name);
    this.#timers.set(name, setTimeout(() => { this.#timers.delete(name); what(); }, ms));
  }

  #cancel(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  #set(state) {
    if (this.#state === state || this.#state === 'stopped') return;
    const previous = this.#state;
    this.#state = state;
    this.#emit('state', { previous, current: state });
  }

  #emit(type, detail) {
    const event = new Event(type);
    Object.defineProperty(event, 'detail', { value: detail, enumerable: true });
    this.dispatchEvent(event);
  }
}
