// The ring: each node's arc is its share of the shards, chords are what has yet to move, dots are shards that move now.

import { calm, count, plural, setText, span, svg } from './dom.js';
import { colourOf } from './colours.js';

const TAU = 2 * Math.PI;
const GAP = 0.012;
const TURN_MS = 600;
const FLIGHT_MS = 900;
const STAGGER_MS = 40;
/** More dots than these say nothing more. */
const MOST_FLIGHTS = 80;
/** Narrower than this, an arc's label would cover its neighbour's. */
const LABELLED = 0.14;

export class Ring {
  #root = svg('svg', { role: 'img' });
  #arcs = svg('g');
  #chords = svg('g', { class: 'chords' });
  #labels = svg('g', { class: 'labels' });
  #dots = svg('g');
  #total = svg('text', { class: 'total', 'text-anchor': 'middle' });
  #note = svg('text', { class: 'note', 'text-anchor': 'middle' });
  #shown = new Map();
  #flights = [];
  #state = null;
  #size = { width: 0, height: 0, radius: 0, thick: 0, wide: true };
  #turn = null;
  #frame = 0;

  constructor(host) {
    this.#root.append(this.#chords, this.#arcs, this.#labels, this.#dots, this.#total, this.#note);
    host.append(this.#root);
    new ResizeObserver(([entry]) => this.#resize(entry.contentRect.width)).observe(host);
  }

  show(state) {
    this.#state = state;
    const target = layOut(state);
    const from = new Map([...target.keys()].map((node) => [node, this.#shown.get(node) ?? { start: target.get(node).start, end: target.get(node).start }]));
    this.#turn = { from, target, began: performance.now(), ms: this.#shown.size === 0 || calm() ? 0 : TURN_MS };
    this.#root.setAttribute('aria-label', describe(state));
    this.#run();
  }

  /** A shard has moved. */
  fly(from, to) {
    if (calm() || this.#flights.length >= MOST_FLIGHTS || !from || !to || from === to) return;
    const last = this.#flights.at(-1)?.at ?? 0;
    this.#flights.push({ from, to, at: Math.max(performance.now(), last + STAGGER_MS), dot: null, path: null });
    this.#run();
  }

  #run() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now) {
    this.#frame = 0;
    if (this.#size.width === 0 || this.#state === null) return;
    const turning = this.#turn !== null;
    if (turning) {
      const { from, target, began, ms } = this.#turn;
      const done = ms === 0 ? 1 : Math.min(1, (now - began) / ms);
      const eased = 1 - (1 - done) ** 3;
      const between = (a, b) => a + (b - a) * eased;
      this.#shown = new Map([...target].map(([node, arc]) => [node, { start: between(from.get(node).start, arc.start), end: between(from.get(node).end, arc.end) }]));
      if (done === 1) this.#turn = null;
      this.#draw();
    }
    this.#moveDots(now);
    if (this.#turn !== null || this.#flights.length > 0) this.#run();
  }

  #resize(width) {
    if (width === 0) return;
    const wide = width >= 460;
    const radius = Math.max(60, Math.min(wide ? 190 : 150, width / 2 - (wide ? 130 : 92)));
    // Above and below, room for a label.
    const height = 2 * (radius + (wide ? 80 : 44));
    this.#size = { width, height, radius, thick: Math.max(16, radius * 0.22), wide };
    this.#root.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#root.setAttribute('height', height);
    if (this.#state !== null) this.#turn ??= { from: this.#shown, target: layOut(this.#state), began: 0, ms: 0 };
    this.#run();
  }

  #at(angle, radius) {
    return [this.#size.width / 2 + radius * Math.sin(angle), this.#size.height / 2 - radius * Math.cos(angle)];
  }

  #draw() {
    const { radius, thick, width, height } = this.#size;
    const members = new Map(this.#state.members.map((member) => [member.node, member]));
    const arcs = [...this.#shown].filter(([, arc]) => arc.end - arc.start > 0.001);
    this.#arcs.replaceChildren(...arcs.map(([node, arc]) => svg('path', { d: this.#arcPath(arc), 'stroke-width': thick, class: classOf(members.get(node), node) },
      svg('title', {}, node === '' ? `${plural(this.#state.unplaced, 'shard')} on no node` : `${node}: ${plural(members.get(node)?.shards ?? 0, 'shard')}`))));
    this.#labels.replaceChildren(...arcs.filter(([node, arc]) => node !== '' && arc.end - arc.start >= LABELLED).map(([node, arc]) => this.#label(members.get(node), arc)));
    this.#chords.replaceChildren(...this.#state.pending.filter((move) => this.#shown.has(move.from) && this.#shown.has(move.to)).map((move) => svg('path', {
      d: this.#chordPath(move.from, move.to), class: `chord c${colourOf(move.to)}`, 'stroke-width': 2 + 22 * Math.sqrt(move.shards / Math.max(1, this.#state.shards)),
    }, svg('title', {}, `${plural(move.shards, 'shard')} to move from ${move.from} to ${move.to}`))));
    const pending = this.#state.pending.reduce((sum, move) => sum + move.shards, 0);
    for (const [text, y, words] of [[this.#total, 2, `${count(this.#state.shards)} shards`], [this.#note, 24, pending > 0 ? `${count(pending)} to move` : this.#state.paused ? 'moves paused' : 'at rest']]) {
      text.setAttribute('x', width / 2);
      text.setAttribute('y', height / 2 + y);
      text.setAttribute('font-size', radius < 90 ? 14 : text === this.#total ? 22 : 15);
      setText(text, words);
    }
  }

  #arcPath({ start, end }) {
    const radius = this.#size.radius - this.#size.thick / 2;
    const gap = Math.min(GAP, (end - start) / 3);
    // A whole circle is two halves: an arc that ends where it began is drawn as none.
    const [a, b] = [start + gap, end - gap];
    const [from, half, to] = [this.#at(a, radius), this.#at((a + b) / 2, radius), this.#at(b, radius)];
    return `M${from}A${radius} ${radius} 0 0 1 ${half}A${radius} ${radius} 0 0 1 ${to}`;
  }

  #chordPath(from, to) {
    const inner = this.#size.radius - this.#size.thick - 3;
    const [start, end] = [from, to].map((node) => this.#at(middle(this.#shown.get(node)), inner));
    // Bent towards the centre, but past the words there.
    const bend = this.#at((middle(this.#shown.get(from)) + middle(this.#shown.get(to))) / 2, inner * 0.35);
    return `M${start}Q${bend} ${end}`;
  }

  #label(member, arc) {
    const angle = middle(arc);
    const [x, y] = this.#at(angle, this.#size.radius + 12);
    const side = Math.sin(angle);
    const anchor = Math.abs(side) < 0.25 ? 'middle' : side > 0 ? 'start' : 'end';
    const share = `${Math.round((100 * member.shards) / this.#state.shards)} %`;
    const lines = [member.node.length > 20 ? `${member.node.slice(0, 19)}…` : member.node, this.#size.wide ? `${plural(member.shards, 'shard')} · ${share}` : `${count(member.shards)} · ${share}`];
    if (this.#size.wide) lines.push(plural(member.users ?? 0, 'user'), plural(member.sockets ?? 0, 'socket'));
    const trouble = troubleOf(member);
    if (trouble) lines.push(trouble);
    const height = 16;
    // Above the ring the last line is next to it, below it the first.
    const up = (1 + Math.cos(angle)) / 2;
    const top = y - up * (lines.length - 1) * height + (1 - up) * 12;
    return svg('text', { 'text-anchor': anchor }, ...lines.map((line, i) => svg('tspan', {
      x, y: top + i * height, class: i === 0 ? `name c${colourOf(member.node)}` : line === trouble ? 'trouble' : null,
    }, line)));
  }

  #moveDots(now) {
    this.#flights = this.#flights.filter((flight) => {
      if (now < flight.at) return true;
      const gone = (now - flight.at) / FLIGHT_MS;
      if (gone >= 1 || !this.#shown.has(flight.from) || !this.#shown.has(flight.to)) {
        flight.dot?.remove();
        return false;
      }
      if (flight.dot === null) {
        flight.path = svg('path', { d: this.#chordPath(flight.from, flight.to) });
        flight.dot = svg('circle', { r: 5, class: `dot c${colourOf(flight.to)}` });
        this.#dots.append(flight.dot);
      }
      const point = flight.path.getPointAtLength(flight.path.getTotalLength() * (gone < 0.5 ? 2 * gone * gone : 1 - 2 * (1 - gone) ** 2));
      flight.dot.setAttribute('cx', point.x);
      flight.dot.setAttribute('cy', point.y);
      return true;
    });
  }
}

const middle = ({ start, end }) => (start + end) / 2;

/** Where each node's arc begins and ends, in radians from the top; what no node has is the last, under the empty name. */
export function layOut({ members, shards, unplaced }) {
  const arcs = new Map();
  let at = 0;
  const all = [...members.filter((member) => member.carriesUsers).map((member) => [member.node, member.shards]), ['', unplaced]];
  for (const [node, share] of all) {
    const end = at + (TAU * share) / Math.max(1, shards);
    arcs.set(node, { start: at, end });
    at = end;
  }
  return arcs;
}

function troubleOf(member) {
  if (!member.reachable) return 'not reachable';
  if (member.silentMs !== null) return `silent for ${span(member.silentMs)}`;
  if (member.draining) return 'draining';
  return member.state === 'degraded' ? 'no store' : null;
}

function classOf(member, node) {
  if (node === '') return 'arc nobody';
  const state = !member?.reachable || member.silentMs !== null ? ' silent' : member.draining ? ' draining' : '';
  return `arc c${colourOf(node)}${state}`;
}

/** The picture in words, for who can't see it. */
export function describe(state) {
  const nodes = state.members.filter((member) => member.carriesUsers).map((member) => `${member.node} ${count(member.shards)}`).join(', ');
  const moves = state.pending.map((move) => `${count(move.shards)} from ${move.from} to ${move.to}`).join(', ');
  return `${plural(state.shards, 'shard')}: ${nodes || 'no node'}. ${moves ? `To move: ${moves}.` : 'Nothing is to move.'}`;
}
