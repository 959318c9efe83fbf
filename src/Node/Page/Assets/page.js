// The cluster page: reads the stream and hands each state to the parts that draw it.

import { Charts } from './charts.js';
import { colourOf } from './colours.js';
import { count, el, rate, setText, span } from './dom.js';
import { Lists } from './lists.js';
import { Nodes } from './nodes.js';
import { Plan } from './plan.js';
import { Ring } from './ring.js';
import { follow, key } from './stream.js';
import { judge, sum } from './verdict.js';

const byId = (id) => document.getElementById(id);
const parts = [new Ring(byId('ring')), new Nodes(), new Charts(), new Plan()];
const [ring] = parts;
const lists = new Lists();
const tiles = new Map();
let served = '';
let others = [];
let seenAt = 0;
/** What was told at first waits for the first state, by whose order nodes get their colours. */
let greeted = null;

function tellLink(state, text) {
  byId('link').dataset.state = state;
  setText(byId('link'), text);
}

function showVerdict(state) {
  const { level, title, findings } = judge(state);
  byId('verdict').dataset.level = level;
  setText(byId('verdict-title'), title);
  document.title = `${level === 'well' ? '' : `${title} · `}Cluster · AkkaSockets`;
  const list = byId('findings');
  while (list.children.length > findings.length) list.lastElementChild.remove();
  for (const [i, finding] of findings.entries()) {
    const item = list.children[i] ?? list.appendChild(el('li'));
    item.dataset.level = finding.level;
    setText(item, finding.text);
  }
}

function showTiles({ members, pending }) {
  const nodes = members.filter((member) => member.carriesUsers);
  const rates = (what) => (nodes.some((node) => node.rates) ? rate(sum(nodes, (node) => node.rates?.[what])) : '–');
  const waiting = sum(nodes, (node) => node.reconnectsPending);
  for (const [label, value, note] of [
    ['Nodes', count(nodes.length), `${count(nodes.filter((n) => n.state === 'ready' && n.silentMs === null).length)} ready`],
    ['Users', count(sum(nodes, (node) => node.users)), 'in memory'],
    ['Sockets', count(sum(nodes, (node) => node.sockets)), 'open'],
    ['Messages in', rates('accepted'), 'a second'],
    ['Messages out', rates('deliveries'), 'a second'],
    ['To move', count(sum(pending, (move) => move.shards)), 'shards'],
    ['Told to come back', rates('reconnects'), waiting > 0 ? `a second, ${count(waiting)} wait` : 'a second'],
    ['Sockets closed', rates('closes'), 'a second'],
  ]) {
    if (!tiles.has(label)) {
      const [figure, small] = [el('span', { class: 'figure' }), el('small')];
      byId('tiles').append(el('div', {}, el('dt', {}, label), el('dd', {}, figure, ' ', small)));
      tiles.set(label, { figure, small });
    }
    setText(tiles.get(label).figure, value);
    setText(tiles.get(label).small, note);
  }
}

follow({
  live() {
    byId('key').hidden = true;
    byId('main').classList.remove('stale');
  },
  hello(hello) {
    served = hello.node;
    byId('playground').hidden = !hello.hasPlayground;
    byId('forget').hidden = key.get() === null;
    greeted = hello;
  },
  state(state) {
    for (const member of state.members) if (member.carriesUsers) colourOf(member.node);
    others = state.members.filter((member) => member.carriesUsers && member.node !== served).map((member) => member.node);
    if (greeted !== null) lists.hello(greeted);
    greeted = null;
    byId('main').hidden = false;
    showVerdict(state);
    showTiles(state);
    for (const part of parts) part.show(state);
    seenAt = Date.now();
    tellLink('live', `Live, as ${served} sees it`);
  },
  move(move) {
    lists.moved(move);
    ring.fly(move.from, move.to);
  },
  reconnect: (told) => lists.told(told),
  lost(why, retryMs) {
    const age = seenAt === 0 ? '' : ` What you see is ${span(Date.now() - seenAt)} old.`;
    const elsewhere = others.length === 0 ? '' : ` If it stays away, open the page on ${others.slice(0, 3).join(' or ')}.`;
    tellLink('lost', `${served || 'The node'} is lost: ${why}. Trying again in ${span(retryMs)}.${age}${elsewhere}`);
    byId('main').classList.add('stale');
  },
  locked: (wasRefused) => new Promise((resolve) => {
    key.forget();
    tellLink('locked', 'A key is needed');
    byId('main').hidden = byId('forget').hidden = true;
    byId('key').hidden = false;
    setText(byId('key-fault'), wasRefused ? 'That key is not one of them.' : '');
    byId('key-text').focus();
    byId('key').addEventListener('submit', (event) => {
      event.preventDefault();
      key.set(byId('key-text').value);
      byId('key-text').value = '';
      tellLink('connecting', 'Connecting …');
      resolve();
    }, { once: true });
  }),
});

byId('forget').addEventListener('click', () => {
  key.forget();
  location.reload();
});
