// What is the matter, in sentences. Pure: the same state gives the same words.

import { count, plural, span } from './dom.js';

/**
 * @returns {{level: 'bad' | 'busy' | 'well', title: string, findings: {level: string, text: string}[]}} the worst first; `bad` wants somebody to look, `busy` is
 * the cluster at work.
 */
export function judge(state) {
  const findings = [...state.members.flatMap((member) => [...ofMember(member, state.at)]), ...ofPlacement(state)];
  const order = { bad: 0, busy: 1, note: 2 };
  findings.sort((a, b) => order[a.level] - order[b.level]);
  const level = findings.some((one) => one.level === 'bad') ? 'bad' : findings.some((one) => one.level === 'busy') ? 'busy' : 'well';
  const bad = findings.filter((one) => one.level === 'bad').length;
  const title = { bad: bad === 1 ? 'One thing needs a look' : `${count(bad)} things need a look`, busy: 'The cluster is at work', well: 'All is well' }[level];
  return { level, title, findings: level === 'well' ? [{ level: 'well', text: summary(state) }, ...findings] : findings };
}

export const sum = (members, what) => members.reduce((total, member) => total + (what(member) ?? 0), 0);

function summary({ members, shards }) {
  const nodes = members.filter((member) => member.carriesUsers);
  return `${plural(nodes.length, 'node')} ${nodes.length === 1 ? 'carries' : 'carry'} ${plural(shards, 'shard')}, ${plural(sum(nodes, (n) => n.users), 'user')} and ${plural(sum(nodes, (n) => n.sockets), 'socket')}.`;
}

function* ofMember(member, now) {
  const { node } = member;
  if (!member.reachable) yield bad(`${node} can't be reached by the others: it is frozen, cut off or dead. It is removed by itself after a while, and its users go elsewhere.`);
  else if (member.silentMs !== null) yield bad(`${node} has not answered for ${span(member.silentMs)}: it is frozen, overloaded or gone.`);
  if (member.status === 'Down') yield bad(`${node} was declared dead by the others, and is about to be removed.`);
  if (member.status === 'Leaving' || member.status === 'Exiting') yield busy(`${node} leaves the cluster.`);
  if (member.status === 'Joining' || member.status === 'WeaklyUp') yield busy(`${node} joins the cluster.`);
  if (member.silentMs !== null || !member.reachable) return;
  if (member.draining) yield busy(drain(member, now));
  else if (member.state === 'degraded') yield bad(`${node} gets no answer from the store: sockets are held and what needs no store works, but durable messages and new users wait.`);
  else if (member.state === 'unready' && member.status === 'Up') yield bad(`${node} is not ready, so balancers send it no clients. Its /healthz/ready says why.`);
  if (member.rates?.unavailable > 0) yield bad(`${node} could not place messages in time (${member.rates.unavailable.toFixed(1)} a second): backends are told 503 and repeat them.`);
}

function drain(member, now) {
  const left = `${plural(member.shards, 'shard')} and ${plural(member.sockets ?? 0, 'socket')} left`;
  if (member.shards === 0 && !member.sockets) return `${member.node} is drained, and may be stopped.`;
  const time = member.drainEndsAt ? `, ${member.drainEndsAt > now ? `${span(member.drainEndsAt - now)} to its deadline` : 'its deadline has passed'}` : '';
  return `${member.node} drains: ${left}${time}.`;
}

function* ofPlacement(state) {
  const pending = sum(state.pending, (move) => move.shards);
  if (state.paused) {
    const since = `since ${new Date(state.paused.since).toISOString().slice(0, 16).replace('T', ' ')} UTC, through ${state.paused.by}`;
    yield busy(`Moves of shards are paused ${since}. pbm sharding resume ends that.`);
  }
  if (pending > 0) {
    const to = [...new Set(state.pending.map((move) => move.to))].join(', ');
    yield busy(`${plural(pending, 'shard')} ${pending === 1 ? 'has' : 'have'} still to move, to ${to}.`);
  }
  const nodes = state.members.filter((member) => member.carriesUsers);
  if (nodes.length === 0) yield bad('No member carries users.');
  else if (state.unplaced === state.shards) yield { level: 'note', text: 'No shard is placed yet: the first user, or Cluster:MinNodes nodes, are waited for.' };
  else if (state.unplaced > 0) yield busy(`${plural(state.unplaced, 'shard')} ${state.unplaced === 1 ? 'is' : 'are'} on no node now: their users wait.`);
}

const bad = (text) => ({ level: 'bad', text });
const busy = (text) => ({ level: 'busy', text });
