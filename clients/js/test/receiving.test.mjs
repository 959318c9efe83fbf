import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localStoragePositions } from '../akkasockets.js';
import { FakeServer, start, until } from './fake.mjs';

test('messages are handed on once, in order, and acknowledged when handled', async () => {
  const server = new FakeServer();
  const { client, of, started } = await start(server);
  const first = (await server.socket(0)).ready();
  assert.equal((await started).device, '~made');
  first.msg(1).msg(2).msg(2).msg(1).msg(3);
  await until(() => of('message').length === 3, 'three messages');
  await until(() => first.sentOf('ack').at(-1)?.seq === 3, 'the ack');
  assert.deepEqual(of('message').map((m) => m.data), [1, 2, 3]);
  await client.stop();
  assert.equal(first.closedWith.code, 1000);
});

test('the next message waits for the handler, and what it failed with is told', async () => {
  const server = new FakeServer();
  const seen = [];
  let release;
  const { client, of } = await start(server, {
    onMessage: async ({ seq }) => {
      seen.push(seq);
      if (seq === 1) await new Promise((resolve) => { release = resolve; });
      if (seq === 2) throw new Error('handler');
    },
  });
  const socket = (await server.socket(0)).ready().msg(1).msg(2).msg(3);
  await until(() => release, 'the first');
  assert.deepEqual(seen, [1]);
  release();
  await until(() => socket.sentOf('ack').at(-1)?.seq === 3, 'the last ack');
  assert.deepEqual([seen, of('fault').map((e) => e.message)], [[1, 2, 3], ['handler']]);
  await client.stop();
});

test('without autoAck only what the application says is acknowledged', async () => {
  const server = new FakeServer();
  const { client, of } = await start(server, { autoAck: false });
  const socket = (await server.socket(0)).ready().msg(1).msg(2);
  await until(() => of('message').length === 2, 'both');
  client.ack(of('message')[0]);
  await until(() => socket.sentOf('ack').length === 1, 'the ack');
  await client.stop();
  assert.deepEqual(socket.sentOf('ack').map((a) => a.seq), [1]);
});

test('a position is saved before it is acknowledged, and the next client resumes from it', async () => {
  const map = new Map();
  const storage = { getItem: (k) => map.get(k) ?? null, setItem: (k, v) => map.set(k, v) };
  const server = new FakeServer();
  const positions = localStoragePositions('position', storage);
  const { client } = await start(server, { positions });
  const socket = (await server.socket(0)).ready().msg(1).msg(2);
  await until(() => socket.sentOf('ack').at(-1)?.seq === 2, 'the ack');
  assert.deepEqual(positions.load(), { epoch: 'e', seq: 2 });
  await client.stop();

  const { client: next, of } = await start(server, { positions });
  const again = await server.socket(1);
  assert.deepEqual([again.query.epoch, again.query.seq], ['e', '2']);
  again.ready({ seq: 2, head: 3 }).msg(2).msg(3);
  await until(() => of('message').length === 1, 'the third');
  assert.equal(of('message')[0].seq, 3);
  await next.stop();
});

test('a hole brings another socket, which fills it', async () => {
  const server = new FakeServer();
  const { client, of } = await start(server);
  (await server.socket(0)).ready().msg(1).msg(3);
  const second = await server.socket(1);
  assert.equal(second.query.seq, '1');
  second.ready({ seq: 1 }).msg(2).msg(3);
  await until(() => of('message').length === 3, 'all three');
  assert.deepEqual(of('message').map((m) => m.seq), [1, 2, 3]);
  await client.stop();
});

test('a handler that is behind costs a bounded queue, and misses nothing', async () => {
  const server = new FakeServer();
  const seen = [];
  let release;
  const gate = new Promise((resolve) => { release = resolve; });
  const { client } = await start(server, { queueLimit: 4, onMessage: async ({ seq }) => { await gate; seen.push(seq); } });
  const first = (await server.socket(0)).ready();
  for (let seq = 1; seq <= 50; seq++) first.msg(seq);
  release();
  const second = await server.socket(1);
  const from = Number(second.query.seq);
  assert.ok(from >= 4 && from < 50, `from ${from}`);
  second.ready({ seq: from });
  for (let seq = from + 1; seq <= 50; seq++) {
    second.msg(seq);
    await until(() => seen.includes(seq), `${seq}`);
  }
  assert.deepEqual(seen, Array.from({ length: 50 }, (_, i) => i + 1));
  await client.stop();
});

test('a gap and another epoch are told', async () => {
  const server = new FakeServer();
  const { client, of } = await start(server);
  (await server.socket(0)).ready().msg(1).drop(1012);
  (await server.socket(1)).ready({ gap: true, seq: 1, first: 5 }).msg(5).drop(1012);
  (await server.socket(2)).ready({ epoch: 'f', seq: 0, resumed: false }).msg(1);
  await until(() => of('message').length === 3, 'three messages');
  assert.deepEqual(of('gap'), [{ asked: 1, first: 5 }]);
  assert.deepEqual(of('reset'), [{ previous: { epoch: 'e', seq: 5 }, current: { epoch: 'f', seq: 0 } }]);
  await client.stop();
});
