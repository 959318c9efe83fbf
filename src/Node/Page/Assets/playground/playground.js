// Two users in two panes, each a client of clients/js.

import { clock, el, setText } from '../dom.js';
import { ask } from '../stream.js';
import { AkkaSocketsClient, localStoragePositions } from './akkasockets.js';

const MOST = 300;

/** One user. */
class Pane {
  #root = document.getElementById('pane').content.firstElementChild.cloneNode(true);
  #who = this.#root.querySelector('.who');
  #say = this.#root.querySelector('.say');
  #state = this.#root.querySelector('.state');
  #messages = this.#root.querySelector('.messages');
  #frames = this.#root.querySelector('.frames');
  #client = null;

  constructor(host, user, to, url) {
    const { user: name, device, url: where, reconnect } = this.#who.elements;
    [name.value, device.value, where.value, this.#say.elements.to.value] = [user, 'playground', url, to];
    this.#root.setAttribute('aria-label', `The pane of ${user}`);
    this.#messages.setAttribute('aria-label', `Messages to ${user}`);
    this.#frames.setAttribute('aria-label', `Every frame of ${user}`);
    this.#who.addEventListener('submit', (event) => { event.preventDefault(); this.#connect(); });
    this.#say.addEventListener('submit', (event) => { event.preventDefault(); this.#send(); });
    reconnect.addEventListener('click', () => this.#askToReconnect());
    host.append(this.#root);
  }

  async #connect() {
    if (this.#client !== null) {
      await this.#client.stop();
      this.#connected(null);
      return;
    }
    const { user, device, url } = Object.fromEntries(new FormData(this.#who));
    let client;
    try {
      client = new AkkaSocketsClient({
        url, user, device: device || undefined,
        positions: localStoragePositions(`akkasockets.playground.${user}.${device}`),
        onMessage: ({ from, ts, data }) => line(this.#messages, {}, el('time', {}, clock(ts)), ' ', el('b', {}, from ?? 'a backend'), ' ', typeof data === 'string' ? data : JSON.stringify(data)),
      });
    } catch (fault) {
      this.#note(fault.message);
      return;
    }
    client.addEventListener('state', ({ detail }) => this.#tell(detail.current));
    client.addEventListener('ready', ({ detail }) => this.#tell('connected', `connected; ${detail.user} lives on ${detail.node}`));
    client.addEventListener('frame', ({ detail: { direction, text } }) =>
      line(this.#frames, { 'data-direction': direction, class: text.startsWith('{"type":"reconnect"') ? 'reconnect' : null }, text));
    client.addEventListener('reconnecting', ({ detail }) => this.#note(`comes back in ${Math.round(detail.delayMs)} ms: ${detail.detail || detail.reason}`));
    client.addEventListener('fault', ({ detail }) => this.#note(String(detail?.message ?? detail)));
    client.addEventListener('stopped', ({ detail }) => {
      if (detail) this.#note(detail.message);
      if (this.#client === client) this.#connected(null);
    });
    this.#connected(client);
    // Told by the events above.
    client.start().catch(() => {});
  }

  #connected(client) {
    this.#client = client;
    const connect = this.#who.querySelector('[type=submit]');
    setText(connect, client === null ? 'Connect' : 'Disconnect');
    for (const name of ['user', 'device', 'url']) this.#who.elements[name].disabled = client !== null;
    this.#who.elements.reconnect.disabled = this.#say.querySelector('[type=submit]').disabled = client === null;
    if (client === null) this.#tell('stopped', 'not connected');
  }

  async #send() {
    const { to, text, ephemeral } = this.#say.elements;
    const [receiver, words, isEphemeral] = [to.value, text.value, ephemeral.checked];
    text.value = '';
    try {
      if (isEphemeral) await this.#client.sendEphemeral(receiver, words);
      else await this.#client.send(receiver, words);
    } catch (fault) {
      this.#note(`not sent: ${fault.message}`);
    }
  }

  async #askToReconnect() {
    const user = this.#who.elements.user.value;
    try {
      const answer = await ask(`/api/users/${encodeURIComponent(user)}/reconnect`, { method: 'POST' });
      const told = await answer.json();
      this.#note(answer.ok ? `asked ${told.sockets} sockets of ${user} to come back` : told.detail);
    } catch (fault) {
      this.#note(`not asked: ${fault.message}`);
    }
  }

  #tell(state, words = state) {
    this.#state.dataset.state = state;
    setText(this.#state, words);
  }

  #note(text) {
    line(this.#frames, { 'data-direction': 'note' }, text);
  }
}

function line(list, properties, ...children) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 30;
  list.append(el('li', properties, ...children));
  while (list.children.length > MOST) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

const settings = await (await ask('/playground/settings')).json();
const host = document.getElementById('panes');
new Pane(host, 'alice', 'bob', settings.url);
new Pane(host, 'bob', 'alice', settings.url);
