// The stream of /api/cluster/events. EventSource can't send a key, hence fetch.

const KEY = 'akkasockets.key';
/** A state comes each second: after so long without one the way to the node is broken, whatever TCP believes. */
const QUIET_MS = 15_000;
const RETRY_MS = [500, 1000, 2000, 5000];

export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: (text) => sessionStorage.setItem(KEY, text),
  forget: () => sessionStorage.removeItem(KEY),
};

/** Asks the node's API with the key. */
export function ask(path, options = {}) {
  const headers = key.get() ? { authorization: `Bearer ${key.get()}` } : {};
  return fetch(path, { ...options, headers, cache: 'no-store' });
}

/** Splits a stream's text into events (HTML, section 9.2.6): gives those that are whole, and keeps the rest. */
export class EventReader {
  #rest = '';

  *take(text) {
    this.#rest += text;
    const blocks = this.#rest.split(/\r?\n\r?\n/);
    this.#rest = blocks.pop();
    for (const block of blocks) {
      let event = 'message';
      const data = [];
      for (const line of block.split(/\r?\n/)) {
        const at = line.indexOf(':');
        const [name, value] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
        if (name === 'event') event = value;
        else if (name === 'data') data.push(value);
      }
      if (data.length > 0) yield { event, data: JSON.parse(data.join('\n')) };
    }
  }
}

/** Reads for as long as the page is open. Tells `on.live()`, `on.lost(why, retryMs)`, `on.locked(wasRefused)`, which resolves once there is a key to try, and events by name. */
export async function follow(on) {
  for (let failures = 0; ; ) {
    const stop = new AbortController();
    let quiet = setTimeout(() => stop.abort(), QUIET_MS);
    let why = 'the node closed the stream';
    try {
      const tried = key.get();
      const answer = await ask('/api/cluster/events', { signal: stop.signal });
      if (answer.status === 401) {
        clearTimeout(quiet);
        await on.locked(tried !== null);
        continue;
      }
      if (!answer.ok) throw new Error((await answer.json()).detail);
      const events = new EventReader();
      const texts = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await texts.read(); !part.done; part = await texts.read()) {
        clearTimeout(quiet);
        quiet = setTimeout(() => stop.abort(), QUIET_MS);
        for (const { event, data } of events.take(part.value)) {
          failures = 0;
          on.live();
          on[event]?.(data);
        }
      }
    } catch (fault) {
      why = stop.signal.aborted ? `the node has said nothing for ${QUIET_MS / 1000} s` : fault.message;
    }
    clearTimeout(quiet);
    const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
    on.lost(why, wait);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
