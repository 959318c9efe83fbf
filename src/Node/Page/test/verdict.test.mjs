import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../Assets/verdict.js';

const node = (name, more = {}) => ({
  node: name, status: 'Up', reachable: true, carriesUsers: true, self: false, draining: false, state: 'ready', silentMs: null, shards: 128, planned: 128, users: 10, sockets: 7,
  drainEndsAt: null, rates: { unavailable: 0 }, ...more,
});
const state = (members, more = {}) => ({ at: 1_000_000, shards: 256, version: 1, paused: null, members, pending: [], unplaced: 0, ...more });
const texts = (seen) => seen.findings.map((finding) => `${finding.level}: ${finding.text}`);

test('when nothing is the matter it says what there is', () => {
  const seen = judge(state([node('a'), node('b'), node('lighthouse', { carriesUsers: false, users: null, sockets: null })]));
  assert.equal(seen.title, 'All is well');
  assert.deepEqual(texts(seen), ['well: 2 nodes carry 256 shards, 20 users and 14 sockets.']);
});

test('a node alone is a node', () => {
  assert.deepEqual(texts(judge(state([node('a', { users: 1, sockets: 1000 })], { shards: 1 }))), ['well: 1 node carries 1 shard, 1 user and 1,000 sockets.']);
});

const bad = {
  'silent': [{ silentMs: 14_000 }, /^a has not answered for 14 s: /],
  'unreachable, whatever else it is': [{ reachable: false, silentMs: 14_000, draining: true }, /^a can't be reached/],
  'down': [{ status: 'Down' }, /^a was declared dead/],
  'without its store': [{ state: 'degraded' }, /^a gets no answer from the store/],
  'not ready': [{ state: 'unready' }, /^a is not ready/],
  'late with messages': [{ rates: { unavailable: 2.5 } }, /^a could not place messages in time \(2\.5 a second\)/],
};
for (const [what, [more, pattern]] of Object.entries(bad)) {
  test(`a node that is ${what} needs a look`, () => {
    const seen = judge(state([node('a', more), node('b')]));
    assert.equal(seen.level, 'bad');
    assert.equal(seen.title, 'One thing needs a look');
    assert.match(seen.findings[0].text, pattern);
  });
}

const busy = {
  'drains': [{ draining: true, state: 'unready', shards: 3, sockets: 120, drainEndsAt: 1_014_000 }, 'a drains: 3 shards and 120 sockets left, 14 s to its deadline.'],
  'drains past its deadline': [{ draining: true, shards: 1, sockets: 0, drainEndsAt: 999_000 }, 'a drains: 1 shard and 0 sockets left, its deadline has passed.'],
  'is drained': [{ draining: true, state: 'unready', shards: 0, sockets: 0 }, 'a is drained, and may be stopped.'],
  'leaves': [{ status: 'Leaving' }, 'a leaves the cluster.'],
  'joins': [{ status: 'Joining', state: 'unready' }, 'a joins the cluster.'],
};
for (const [what, [more, text]] of Object.entries(busy)) {
  test(`a node that ${what} is work, not a fault`, () => {
    const seen = judge(state([node('a', more), node('b')]));
    assert.equal(seen.level, 'busy');
    assert.deepEqual(texts(seen), [`busy: ${text}`]);
  });
}

test('what has still to move, what is nowhere and a pause are told', () => {
  const seen = judge(state([node('a'), node('b')], {
    pending: [{ from: 'a', to: 'b', shards: 2 }, { from: 'c', to: 'b', shards: 1 }], unplaced: 4, paused: { since: Date.UTC(2026, 0, 2, 3, 4), by: 'b' },
  }));
  assert.deepEqual(texts(seen), [
    'busy: Moves of shards are paused since 2026-01-02 03:04 UTC, through b. pbm sharding resume ends that.',
    'busy: 3 shards have still to move, to b.',
    'busy: 4 shards are on no node now: their users wait.',
  ]);
});

test('a cluster that nobody uses yet is well', () => {
  const seen = judge(state([node('a')], { unplaced: 256, version: null }));
  assert.equal(seen.level, 'well');
  assert.match(texts(seen)[1], /^note: No shard is placed yet/);
});

test('the worst comes first and is counted', () => {
  const seen = judge(state([node('a', { draining: true }), node('b', { silentMs: 5000 }), node('c', { state: 'degraded' })]));
  assert.equal(seen.title, '2 things need a look');
  assert.deepEqual(seen.findings.map((finding) => finding.level), ['bad', 'bad', 'busy']);
});

test('without a node that carries users nothing works', () => {
  assert.match(judge(state([node('lighthouse', { carriesUsers: false })])).findings[0].text, /^No member carries users/);
});
