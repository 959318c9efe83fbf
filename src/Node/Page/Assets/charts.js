// The last five minutes, by uPlot. A point a second; a second without news is a hole in the line.

import uPlot from './uplot/uPlot.esm.js';
import { count, rate } from './dom.js';
import { colourOf, styled } from './colours.js';
import { sum } from './verdict.js';

const POINTS = 300;
const HEIGHT = 190;
const FONT = '12px system-ui, sans-serif';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** One chart; its lines come and go with what there is. */
class Chart {
  #host;
  #format;
  #plot = null;
  #lines = [];
  #times = [];
  #values = new Map();

  /** @param {(value: number) => string} [format] */
  constructor(host, format = rate) {
    this.#host = host;
    this.#format = format;
    new ResizeObserver(([entry]) => entry.contentRect.width > 0 && this.#plot?.setSize({ width: entry.contentRect.width, height: HEIGHT })).observe(host);
    dark.addEventListener('change', () => this.#build());
  }

  /** @param {{name: string, colour: string, value: number | null, rare?: boolean}[]} lines `colour` is a property of the style sheet. */
  add(at, lines) {
    this.#times.push(at / 1000);
    for (const { name, value, rare } of lines) {
      // A line that is nearly always nothing would only hide others.
      if (rare && !value && !this.#values.has(name)) continue;
      if (!this.#values.has(name)) this.#values.set(name, Array(this.#times.length - 1).fill(null));
      this.#values.get(name).push(value);
    }
    for (const values of this.#values.values()) if (values.length < this.#times.length) values.push(null);
    if (this.#times.length > POINTS) {
      this.#times.shift();
      for (const [name, values] of this.#values) {
        values.shift();
        if (values.every((value) => value === null)) this.#values.delete(name);
      }
    }
    const wanted = [...this.#values.keys()].map((name) => this.#lines.find((line) => line.name === name) ?? lines.find((line) => line.name === name));
    const same = wanted.length === this.#lines.length && wanted.every((line, i) => line.name === this.#lines[i].name);
    this.#lines = wanted;
    if (!same || this.#plot === null) this.#build();
    else this.#plot.setData(this.#data());
    // Where nobody points, the legend says how it is now.
    if (this.#plot.cursor.left === undefined || this.#plot.cursor.left < 0) this.#plot.setLegend({ idx: this.#times.length - 1 }, false);
    this.#host.setAttribute('role', 'img');
    this.#host.setAttribute('aria-label', lines.map((line) => `${line.name} ${this.#format(line.value)}`).join(', '));
  }

  #data() {
    return [this.#times, ...this.#lines.map((line) => this.#values.get(line.name))];
  }

  #build() {
    this.#plot?.destroy();
    const [ink, grid] = [styled('--quiet'), styled('--line')];
    const axis = { stroke: ink, font: FONT, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
    this.#plot = new uPlot({
      width: this.#host.clientWidth || 300,
      height: HEIGHT,
      cursor: { y: false, points: { size: 6 } },
      scales: { x: { range: (u, min, max) => [Math.min(min, max - 60), max] }, y: { range: (u, min, max) => [0, Math.max(4, max * 1.1)] } },
      axes: [{ ...axis, size: 30, values: (u, ticks) => ticks.map((tick) => ago(u.data[0].at(-1) - tick)), space: 70 }, { ...axis, size: 54, values: (u, ticks) => ticks.map((tick) => tick.toLocaleString('en')) }],
      series: [
        { label: 'at', value: (u, at) => (at ? new Date(at * 1000).toLocaleTimeString('en-GB') : '–') },
        ...this.#lines.map((line) => ({ label: line.name, stroke: styled(line.colour), width: 2, points: { show: false }, value: (u, value) => this.#format(value) })),
      ],
    }, this.#data(), this.#host);
  }
}

const ago = (seconds) => (seconds < 1 ? 'now' : seconds % 60 < 1 ? `−${Math.round(seconds / 60)} min` : `−${Math.round(seconds)} s`);

export class Charts {
  #messages = new Chart(document.getElementById('chart-messages'));
  #sockets = new Chart(document.getElementById('chart-sockets'), count);
  #comings = new Chart(document.getElementById('chart-comings'));

  show({ at, members }) {
    const nodes = members.filter((member) => member.carriesUsers);
    const known = nodes.filter((node) => node.rates !== null);
    const total = (what) => (known.length === 0 ? null : sum(known, (node) => node.rates[what]));
    this.#messages.add(at, [
      { name: 'accepted', colour: '--c0', value: total('accepted') },
      { name: 'delivered', colour: '--c2', value: total('deliveries') },
      { name: 'not placed in time', colour: '--bad', value: total('unavailable'), rare: true },
    ]);
    this.#sockets.add(at, nodes.map((node) => ({ name: node.node, colour: `--c${colourOf(node.node)}`, value: node.silentMs === null ? node.sockets : null })));
    this.#comings.add(at, [{ name: 'told to come back', colour: '--c1', value: total('reconnects') }, { name: 'closed', colour: '--c3', value: total('closes') }]);
  }
}
