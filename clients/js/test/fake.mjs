// A scripted server: hands each socket that a client opens to the test.
import { AkkaSocketsClient } from '../akkasockets.js';

/** Waits for what will come; a test that waits in vain says for what. */
export async function until(condition, what, ms = 15_000) {
  const deadline = Date.now() + ms;
  for (let value; ; await new Promise((resolve) => { setTimeout(resolve, 5); })) {
    if ((value = await condition())) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms for ${what}.`);
  }
}

export class FakeServer {
  sockets = [];

  constructor() {
    const server = this;
    this.WebSocket = class {
      readyState = 0;
      sent = [];
      constructor(url, protocol) {
        [this.url, this.protocol] = [new URL(url), protocol];
        server.sockets.push(this);
      }
      get query() { return Object.fromEntries(this.url.searchParams); }
      send(text) { this.sent.push(JSON.parse(text)); }
      close(code = 1000, reason = '') { this.closedWith ??= { code, reason }; queueMicrotask(() => this.drop(code, reason)); }
      // What the server does:
      accept() { this.readyState = 1; return this; }
      put(frame) { this.onmessage({ data: JSON.stringify(frame) }); return this; }
      ready(over) {
        return this.accept().put({ type: 'ready', user: 'alice', device: '~made', epoch: 'e', seq: 0, head: 0, first: 1, resumed: true, gap: false, node: 'n', ...over });
      }
      msg(seq, data = seq) { return this.put({ type: 'msg', seq, id: `m${seq}`, ts: 1, data }); }
      drop(code, reason = '') {
        if (this.readyState === 3) return;
        this.readyState = 3;
        this.onclose({ code, reason });
      }
      sentOf(type) { return this.sent.filter((frame) => frame.type === type); }
    };
  }

  /** The n-th socket, from 0, once it is there. */
  socket(n) { return until(() => this.sockets[n], `socket ${n}`); }
}

/** A client that never waits, and writes down what it tells. */
export async function start(server, over = {}) {
  const told = [];
  const client = new AkkaSocketsClient({ url: 'ws://lb/ws', user: 'alice', WebSocket: server.WebSocket, random: () => 0, ackMs: 5, ...over });
  for (const type of ['state', 'ready', 'message', 'gap', 'reset', 'reconnecting', 'fault', 'stopped']) {
    client.addEventListener(type, ({ detail }) => told.push([type, detail]));
  }
  const started = client.start();
  started.catch(() => {}); // Some tests stop it before.
  return { client, told, started, of: (type) => told.filter(([t]) => t === type).map(([, detail]) => detail) };
}
