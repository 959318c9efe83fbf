// What happened lately, newest first.

import { clock, count, el, plural, span } from './dom.js';
import { colourOf } from './colours.js';

const MOST = 40;
const REASONS = { rebalance: 'its user moved', drain: 'the node empties', admin: 'an operator or backend asked' };

export class Lists {
  #moves = new List('moves', (move) => [
    el('time', {}, clock(move.at)), ' ', el('b', {}, `shard ${move.shard}`), ' ',
    node(move.from), ' → ', node(move.to),
    el('small', {}, [plural(move.users, 'user'), move.milliseconds === null ? null : `away for ${span(move.milliseconds)}`].filter(Boolean).join(', ')),
  ]);

  #reconnects = new List('reconnects', (told) => [
    el('time', {}, clock(told.at)), ' ', el('b', {}, told.user), told.device.startsWith('~') ? ' on ' : ` · ${told.device} on `, node(told.node), el('small', {}, REASONS[told.reason] ?? told.reason),
  ]);

  hello({ moves, reconnects }) {
    this.#moves.replace(moves);
    this.#reconnects.replace(reconnects);
  }

  moved(move) { this.#moves.add(move); }
  told(reconnect) { this.#reconnects.add(reconnect); }
}

const node = (name) => el('span', { class: `node-name c${colourOf(name)}` }, name);

/** A list that takes any number of things a second and draws once a frame. */
class List {
  #host;
  #empty;
  #title;
  #words;
  #draw;
  #waiting = [];
  #frame = 0;
  #count = 0;

  constructor(id, draw) {
    [this.#host, this.#empty, this.#title] = ['', '-empty', '-title'].map((part) => document.getElementById(id + part));
    this.#words = this.#title.textContent;
    this.#draw = draw;
  }

  replace(all) {
    this.#host.replaceChildren();
    this.#count = 0;
    for (const one of all.toReversed()) this.add(one);
  }

  add(one) {
    this.#waiting.push(one);
    this.#count++;
    if (this.#waiting.length > MOST) this.#waiting.shift();
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#host.prepend(...this.#waiting.toReversed().map((each) => el('li', {}, ...this.#draw(each))));
      this.#waiting = [];
      while (this.#host.children.length > MOST) this.#host.lastElementChild.remove();
      this.#empty.hidden = true;
      this.#title.textContent = `${this.#words} (${count(this.#count)})`;
    });
  }
}
