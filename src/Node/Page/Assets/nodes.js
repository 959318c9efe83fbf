// The table beside the ring: the same in figures, and what the ring has no room for.

import { count, el, plural, rate, setText, span } from './dom.js';
import { colourOf } from './colours.js';

const COLUMNS = ['Member', 'State', 'Shards', 'Users', 'Sockets', 'In/s', 'Out/s'];

export class Nodes {
  #body = document.querySelector('#nodes tbody');
  #rows = new Map();
  #drains = new Map();

  show(state) {
    const names = new Set(state.members.map((member) => member.node));
    for (const [node, row] of this.#rows) {
      if (names.has(node)) continue;
      row.line.remove();
      this.#rows.delete(node);
      this.#drains.delete(node);
    }
    const most = (what) => Math.max(1, ...state.members.map((member) => what(member) ?? 0));
    const scales = { shards: most((m) => m.shards), users: most((m) => m.users), sockets: most((m) => m.sockets) };
    for (const [i, member] of state.members.entries()) {
      if (!this.#rows.has(member.node)) this.#rows.set(member.node, this.#row(member));
      const row = this.#rows.get(member.node);
      if (this.#body.children[i] !== row.line) this.#body.insertBefore(row.line, this.#body.children[i] ?? null);
      this.#fill(row, member, scales, state.at);
    }
  }

  #row(member) {
    const bars = Object.fromEntries(['shards', 'users', 'sockets'].map((what) => [what, { bar: el('meter', { min: 0, 'aria-hidden': 'true' }), figure: el('span') }]));
    const [state, more, accepted, delivered] = [el('span', { class: 'badge' }), el('small'), el('span'), el('span')];
    const progress = el('progress', { max: 1, hidden: true });
    const cells = [
      [el('span', { class: `swatch ${member.carriesUsers ? `c${colourOf(member.node)}` : 'none'}`, 'aria-hidden': 'true' }), el('span', { class: 'node-name', title: member.address }, member.node)],
      [state, progress, more],
      ...Object.values(bars).map(({ bar, figure }) => [figure, bar]),
      [accepted], [delivered],
    ];
    const line = el('tr', {}, ...cells.map((cell, i) => el(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : { 'data-label': COLUMNS[i] }, ...cell)));
    return { line, state, more, progress, bars, accepted, delivered };
  }

  #fill(row, member, scales, now) {
    row.line.dataset.followed = member.followed;
    const [word, level] = stateOf(member);
    setText(row.state, word);
    row.state.dataset.level = level;
    setText(row.more, this.#more(row, member, now));
    for (const [what, { bar, figure }] of Object.entries(row.bars)) {
      const value = member.carriesUsers ? member[what] : null;
      setText(figure, count(value));
      bar.hidden = value === null;
      bar.max = scales[what];
      bar.value = value ?? 0;
    }
    setText(row.accepted, rate(member.rates?.accepted));
    setText(row.delivered, rate(member.rates?.deliveries));
  }

  #more(row, member, now) {
    row.progress.hidden = !member.draining;
    if (!member.draining) {
      this.#drains.delete(member.node);
      if (member.silentMs !== null) return `for ${span(member.silentMs)}`;
      if (member.planned !== member.shards) return member.planned > member.shards ? `${plural(member.planned - member.shards, 'shard')} to come` : `${plural(member.shards - member.planned, 'shard')} to go`;
      return member.startedAt ? `up ${span(Math.max(0, now - member.startedAt))}` : '';
    }
    const left = member.shards + (member.sockets ?? 0);
    // What it had when it began to drain, or when this page was opened.
    const had = Math.max(this.#drains.get(member.node) ?? 1, left);
    this.#drains.set(member.node, had);
    row.progress.value = 1 - left / had;
    row.progress.setAttribute('aria-label', `${member.node} drains`);
    const time = member.drainEndsAt > now ? `, ${span(member.drainEndsAt - now)} left` : '';
    return left === 0 ? 'may be stopped' : `${count(member.shards)} shards, ${count(member.sockets)} sockets${time}`;
  }
}

function stateOf(member) {
  if (!member.reachable) return ['not reachable', 'bad'];
  if (member.silentMs !== null) return ['silent', 'bad'];
  if (member.status !== 'Up') return [member.status.toLowerCase(), member.status === 'Down' ? 'bad' : 'busy'];
  if (member.draining) return [member.shards + (member.sockets ?? 0) === 0 ? 'drained' : 'draining', 'busy'];
  if (member.state === null) return ['…', 'busy'];
  return [member.state, member.state === 'ready' ? 'well' : 'bad'];
}
