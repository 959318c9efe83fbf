import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, plural, rate, span } from '../Assets/dom.js';
import { describe, layOut } from '../Assets/ring.js';
import { EventReader } from '../Assets/stream.js';

test('a stream is read the same however it is cut', () => {
  const text = ': a comment\n\nevent: state\ndata: {"a":\ndata: 1}\n\nevent: move\r\ndata: 2\r\n\r\ndata:3\n\nevent: half';
  const whole = [...new EventReader().take(text)];
  assert.deepEqual(whole, [{ event: 'state', data: { a: 1 } }, { event: 'move', data: 2 }, { event: 'message', data: 3 }]);
  for (let at = 0; at <= text.length; at++) {
    // A line's end of two characters is never cut here: the server writes one.
    if (text[at - 1] === '\r' || text[at] === '\r') continue;
    const reader = new EventReader();
    assert.deepEqual([...reader.take(text.slice(0, at)), ...reader.take(text.slice(at))], whole, `cut at ${at}`);
  }
});

test('arcs are shares of a whole turn, in the order of the nodes', () => {
  const arcs = layOut({ members: [{ node: 'a', carriesUsers: true, shards: 64 }, { node: 'l', carriesUsers: false, shards: 0 }, { node: 'b', carriesUsers: true, shards: 128 }], shards: 256, unplaced: 64 });
  assert.deepEqual([...arcs.keys()], ['a', 'b', '']);
  assert.deepEqual([...arcs.values()].map(({ start, end }) => [start, end].map((angle) => Math.round((angle / Math.PI) * 100) / 100)), [[0, 0.5], [0.5, 1.5], [1.5, 2]]);
});

test('the picture is told in words, too', () => {
  const members = [{ node: 'a', carriesUsers: true, shards: 1000 }, { node: 'b', carriesUsers: true, shards: 24 }];
  assert.equal(describe({ members, shards: 1024, pending: [{ from: 'a', to: 'b', shards: 488 }] }), '1,024 shards: a 1,000, b 24. To move: 488 from a to b.');
  assert.equal(describe({ members: [], shards: 256, pending: [] }), '256 shards: no node. Nothing is to move.');
});

test('figures are for people', () => {
  assert.deepEqual([count(null), count(1234.4), rate(0), rate(0.25), rate(9.96), rate(1234), plural(1, 'node'), plural(2, 'node')], ['–', '1,234', '0', '0.3', '10.0', '1,234', '1 node', '2 nodes']);
  assert.deepEqual([0, 999, 1500, 119_000, 120_000, 7_200_000, 172_800_000].map(span), ['0 ms', '999 ms', '2 s', '119 s', '2 min', '2 h', '2 d']);
});
