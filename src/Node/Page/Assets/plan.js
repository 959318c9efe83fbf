// The plan button: what the placement would do.

import { count, el, plural } from './dom.js';
import { ask } from './stream.js';

export class Plan {
  #form = document.getElementById('plan-form');
  #join = document.getElementById('plan-join');
  #leave = document.getElementById('plan-leave');
  #answer = document.getElementById('plan-answer');

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask();
    });
  }

  /** Keeps the choice of who may leave as the cluster is. */
  show({ members }) {
    const names = members.filter((member) => member.carriesUsers).map((member) => member.node);
    if (names.join('\n') === [...this.#leave.options].slice(1).map((option) => option.value).join('\n')) return;
    const chosen = this.#leave.value;
    this.#leave.replaceChildren(el('option', { value: '' }, 'nobody'), ...names.map((name) => el('option', { value: name }, name)));
    this.#leave.value = names.includes(chosen) ? chosen : '';
  }

  async #ask() {
    const [join, leave] = [this.#join.value.trim(), this.#leave.value];
    const query = new URLSearchParams([...(join ? [['join', join]] : []), ...(leave ? [['leave', leave]] : [])]);
    this.#answer.replaceChildren(el('p', {}, 'Asking each node what it carries …'));
    try {
      const answer = await ask(`/api/cluster/plan?${query}`);
      const told = await answer.json();
      this.#answer.replaceChildren(...(answer.ok ? this.#write(told, join, leave) : [el('p', { class: 'fault' }, told.detail)]));
    } catch (fault) {
      this.#answer.replaceChildren(el('p', { class: 'fault' }, `No answer: ${fault.message}.`));
    }
  }

  #write({ moves, nodes, total, silent }, join, leave) {
    const what = [join && `${join} joined`, leave && `${leave} left`].filter(Boolean).join(' and ');
    return [
      el('p', {}, `If ${what}, `, el('b', {}, `${count(total.shards)} of ${count(total.of)} shards`), ` would move, with ${plural(total.users, 'user')}, and `,
        el('b', {}, plural(total.reconnects, 'client')), ' would be told to come back. Nothing has moved.'),
      silent.length > 0 ? el('p', { class: 'fault' }, `${silent.join(', ')} did not answer: users and sockets there are not counted.`) : null,
      el('div', { class: 'tables' },
        table('Moves', ['From', 'To', 'Shards', 'Users', 'Sockets'], moves.map((m) => [m.from, m.to, m.shards, m.users, m.sockets])),
        table('Shards of each node', ['Node', 'Now', 'Then', 'Gives', 'Takes'], nodes.map((n) => [n.node, n.shards, n.becomes, n.gives, n.takes])),
        table('Users of each node, and their sockets', ['Node', 'Users', 'Sockets'],
          nodes.map((n) => [n.node, goAndCome(n.usersLeave, n.usersArrive), goAndCome(n.socketsLeave, n.socketsArrive)]))),
    ].filter(Boolean);
  }
}

const goAndCome = (leave, arrive) => `${count(leave)} leave, ${count(arrive)} arrive`;

const table = (caption, columns, rows) => el('table', {}, el('caption', {}, caption),
  el('thead', {}, el('tr', {}, ...columns.map((column) => el('th', { scope: 'col' }, column)))),
  el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((cell) => el('td', {}, typeof cell === 'number' ? count(cell) : cell))))));
