import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PositionTracker, delayFor, direct, isFinal, tokenLife } from '../akkasockets.js';

const options = { backoffMs: 1000, backoffCapMs: 30_000, random: () => 1 };

for (const [cause, attempt, expected] of [
  [{ reason: 'start' }, 0, 0],
  [{ reason: 'asked', waitMs: 1830 }, 0, 1830],
  [{ reason: 'asked', waitMs: 1830 }, 5, 1830],
  [{ reason: 'closed', code: 1012 }, 0, 250],
  [{ reason: 'closed', code: 4001 }, 0, 250],
  [{ reason: 'closed', code: 4002 }, 0, 250],
  [{ reason: 'closed', code: 1012 }, 1, 1000],
  [{ reason: 'closed', code: 1013 }, 0, 1000],
  [{ reason: 'closed', code: 1006 }, 3, 8000],
  [{ reason: 'closed', code: 1006 }, 99, 30_000],
  [{ reason: 'failed' }, 2, 4000],
  [{ reason: 'hole' }, 0, 250],
]) {
  test(`waits ${expected} ms at most after ${JSON.stringify(cause)}, ${attempt} failures before`, () => {
    assert.equal(delayFor(cause, attempt, options), expected);
    assert.equal(delayFor(cause, attempt, { ...options, random: () => 0 }), cause.reason === 'asked' ? expected : 0);
  });
}

test('codes from 4500 on are final', () => {
  assert.deepEqual([1000, 4499, 4500, 4999, 5000].map(isFinal), [false, false, true, true, false]);
});

test('a token is replaced a tenth of its life before its end, 30 s at most', () => {
  const token = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  assert.deepEqual(tokenLife(token({ iat: 1000, exp: 1100 })), { expires: 1_100_000, refreshAt: 1_090_000 });
  assert.deepEqual(tokenLife(token({ iat: 0, exp: 10_000 })), { expires: 10_000_000, refreshAt: 9_970_000 });
  assert.deepEqual(tokenLife(token({ exp: 100 }), 0), { expires: 100_000, refreshAt: 90_000 });
  assert.equal(tokenLife(token({ sub: 'ä?>~ÿ' })), null);
  assert.equal(tokenLife('opaque'), null);
});

test('an address is followed unless it is in the clear and the configured one is not', () => {
  assert.equal(direct('wss://a/ws', 'ws://b/ws'), 'wss://a/ws');
  assert.equal(direct('ws://a/ws', 'ws://b/ws'), 'ws://a/ws');
  assert.equal(direct('ws://a/ws', 'wss://b/ws'), null);
  assert.equal(direct('https://a/ws', 'ws://b/ws'), null);
  assert.equal(direct('nonsense', 'ws://b/ws'), null);
  assert.equal(direct(undefined, 'ws://b/ws'), null);
});

const ready = (over) => ({ epoch: 'e', seq: 5, first: 1, gap: false, resumed: true, ...over });

test('messages count once and in order, and a hole is found', () => {
  const tracker = new PositionTracker();
  assert.deepEqual(tracker.ready(ready()), { gap: undefined, reset: undefined });
  assert.deepEqual([5, 6, 6, 8, 7, 8].map((seq) => tracker.take('e', seq)), ['seen', 'next', 'seen', 'hole', 'next', 'next']);
  assert.equal(tracker.take('other', 9), 'seen');
});

test('what retention took is told, with a saved position and without', () => {
  assert.deepEqual(new PositionTracker().ready(ready({ gap: true, first: 9 })).gap, { asked: 5, first: 9 });
  const tracker = new PositionTracker({ epoch: 'e', seq: 5 });
  assert.deepEqual(tracker.ready(ready({ gap: true, first: 9 })), { gap: { asked: 5, first: 9 } });
  assert.equal(tracker.take('e', 9), 'next');
});

test('a gap that the old socket filled meanwhile is none', () => {
  const tracker = new PositionTracker({ epoch: 'e', seq: 10 });
  assert.deepEqual(tracker.ready(ready({ gap: true, first: 9 })), {});
  assert.equal(tracker.take('e', 9), 'seen');
  assert.equal(tracker.take('e', 11), 'next');
});

test('another epoch is told, and its numbers count', () => {
  const tracker = new PositionTracker({ epoch: 'old', seq: 50 });
  const told = tracker.ready(ready({ epoch: 'new', seq: 0, resumed: false }));
  assert.deepEqual(told.reset, { previous: { epoch: 'old', seq: 50 }, current: { epoch: 'new', seq: 0 } });
  assert.equal(tracker.take('new', 1), 'next');
});
