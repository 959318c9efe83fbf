/** Where a device is in its user's log: everything up to `seq` of this life of the log. */
export interface Position { epoch: string; seq: number }

/** Where positions are kept over reloads. Either may return a promise. */
export interface PositionStore {
  load(): Position | null | Promise<Position | null>;
  save(position: Position): void | Promise<void>;
}

/** One message. `seq` is absent when it is ephemeral, `from` when a backend sent it; `ts` is Unix milliseconds. */
export interface Message<T = unknown> {
  type: 'msg'; seq?: number; id: string; from?: string; ts: number; data: T; epoch: string;
}

/** What the server said when the socket was attached. */
export interface Ready {
  user: string; device: string; epoch: string; seq: number; head: number; first: number;
  resumed: boolean; gap: boolean; node: string; url?: string;
}

export type State = 'new' | 'connecting' | 'connected' | 'reconnecting' | 'stopped';

export interface Options {
  /** `ws://` or `wss://`, usually the load balancer's `/ws`; or a function that finds it, as by `GET /gateway`, asked before each attempt. */
  url: string | (() => string | Promise<string>);
  /** Returns a JWT. Asked at first, when the one at hand is close to its end, and when the server wants another. It is sent in a frame, never in a URL. */
  token?: () => string | Promise<string>;
  /** Connects as this user without a token, which servers accept in Development only. */
  user?: string;
  /** 1 to 64 characters, by which the server remembers the position. Two clients of one name replace each other, two tabs also. */
  device?: string;
  positions?: PositionStore;
  /** Called for each message, in order; the next one waits until the promise it returns is settled. */
  onMessage?: (message: Message, client: AkkaSocketsClient) => unknown;
  /** True (default): a message is handled when `onMessage` is done with it, well or not. False: when `ack` is called with it or a later one. */
  autoAck?: boolean;
  /** An acknowledgement goes out after so many handled messages (32) … */
  ackCount?: number;
  /** … or so long after the first of them (1000 ms). */
  ackMs?: number;
  /** Messages kept for a handler that is behind (4096); what is over is asked for again later. */
  queueLimit?: number;
  /** Sends unanswered at a time (1024). */
  sendLimit?: number;
  /** The first back-off's bound (1000 ms), doubled with each failure up to `backoffCapMs` (30000); each wait is a random part of it. */
  backoffMs?: number;
  backoffCapMs?: number;
  /** From the start of an attempt to its `ready` (20000 ms). */
  connectMs?: number;
  /** After so long without a word (40000 ms) the server is asked for one, and has `pongMs` (20000) to answer. */
  quietMs?: number;
  pongMs?: number;
  /** Another implementation, for Node.js before 22. */
  WebSocket?: typeof WebSocket;
  /** From 0 to 1; fixed in tests. */
  random?: () => number;
}

export interface Reconnecting {
  reason: 'asked' | 'closed' | 'failed' | 'hole' | 'overflow' | 'refresh';
  /** The close code, with `closed`; 1006 when the socket broke or was refused. */
  code?: number;
  detail?: string;
  /** Failures in a row before this. */
  attempt: number;
  delayMs: number;
}

export interface ClientEvents {
  state: { previous: State; current: State };
  ready: Ready;
  message: Message;
  /** Messages between `asked` and `first` are gone from the log: fetch the whole state again. */
  gap: { asked: number; first: number };
  /** The log began again under another epoch. */
  reset: { previous: Position; current: Position };
  reconnecting: Reconnecting;
  /** Something failed that is tried again by itself, or a handler threw. */
  fault: unknown;
  /** The client is over: null after `stop()`. */
  stopped: StoppedError | null;
  /** Everything that crosses the socket, tokens left out. */
  frame: { direction: 'in' | 'out'; text: string };
}

export class AkkaSocketsClient extends EventTarget {
  /** @throws TypeError for an option that there is not, or a URL that is none. */
  constructor(options: Options);
  readonly state: State;
  readonly position: Position | null;
  readonly device: string | undefined;
  /** Connects, and tries for as long as it takes. Resolves with the first `ready`; rejects with a StoppedError. */
  start(): Promise<Ready>;
  /** Saves and acknowledges what was handled, and closes. */
  stop(): Promise<void>;
  /** Resolves once it is in the receiver's log, however many sockets that takes. Rejects with a SendError. */
  send(to: string, data: unknown, options?: { id?: string }): Promise<{ id: string; seq: number; dup: boolean }>;
  /** Resolves with the number of sockets it was written to. Rejects with a SendError. */
  sendEphemeral(to: string, data: unknown): Promise<number>;
  ack(message: Pick<Message, 'seq' | 'epoch'>): void;
  addEventListener<K extends keyof ClientEvents>(type: K, listener: (event: Event & { detail: ClientEvents[K] }) => void, options?: AddEventListenerOptions | boolean): void;
  /** As every EventTarget has it: with a listener that is an object, or under a name that is not known when it is compiled. */
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean): void;
}

/** `code` is an error code of the protocol, or `queue-full`, `too-large`, `not-connected`, `stopped`. */
export class SendError extends Error { code: string; retry: boolean }

export class StoppedError extends Error { code?: number }

export function localStoragePositions(key: string, storage?: Storage): PositionStore;

/** Whether a close code tells a client to stay away. */
export function isFinal(code: number): boolean;
export function delayFor(cause: { reason: string; code?: number; waitMs?: number }, attempt: number, options: Pick<Required<Options>, 'backoffMs' | 'backoffCapMs' | 'random'>): number;
export function tokenLife(token: string, now?: number): { expires: number; refreshAt: number } | null;
export function direct(named: string | undefined, configured: string): string | null;
export class PositionTracker {
  constructor(start?: Position | null);
  current: Position | null;
  ready(ready: Pick<Ready, 'epoch' | 'seq' | 'first' | 'gap' | 'resumed'>): Partial<Pick<ClientEvents, 'gap' | 'reset'>>;
  take(epoch: string, seq: number): 'next' | 'seen' | 'hole';
}
