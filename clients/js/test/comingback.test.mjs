import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AkkaSocketsClient, StoppedError } from '../akkasockets.js';
import { FakeServer, start, until } from './fake.mjs';

test('it moves to the named URL, and the old socket goes on until the new one is ready', async () => {
  const server = new FakeServer();
  const { client, of } = await start(server);
  const old = (await server.socket(0)).ready().msg(1);
  old.put({ type: 'reconnect', reason: 'rebalance', delayMs: 1, graceMs: 30000, url: 'ws://node-2/ws' });
  const next = await server.socket(1);
  assert.equal(next.url.host, 'node-2');
  old.msg(2);
  assert.equal(old.closedWith, undefined);
  next.ready({ seq: 1, node: 'n2' }).msg(2).msg(3);
  await until(() => old.closedWith, 'the goodbye');
  assert.deepEqual(of('message').map((m) => m.seq), [1, 2, 3]);
  assert.equal(client.state, 'connected');
  await client.stop();
});

test('where the named URL fails, it comes back to its own', async () => {
  const server = new FakeServer();
  const { client } = await start(server);
  (await server.socket(0)).ready().put({ type: 'reconnect', reason: 'drain', delayMs: 0, graceMs: 30000, url: 'ws://node-2/ws' });
  (await server.socket(1)).drop(1006);
  const third = await server.socket(2);
  assert.equal(third.url.host, 'lb');
  third.ready();
  await until(() => server.sockets[0].closedWith, 'the old one to close');
  await client.stop();
});

test('being replaced by its own new socket does not end it', async () => {
  const server = new FakeServer();
  const { client, of } = await start(server);
  const old = (await server.socket(0)).ready();
  old.put({ type: 'reconnect', reason: 'admin', delayMs: 0, graceMs: 30000 });
  const next = await server.socket(1);
  old.drop(4503, 'replaced');
  next.ready().msg(1);
  await until(() => of('message').length === 1, 'the message');
  assert.equal(client.state, 'connected');
  await client.stop();
});

for (const code of [4501, 4502, 4503, 4504]) {
  test(`a close with ${code} ends it`, async () => {
    const server = new FakeServer();
    const { client, of, started } = await start(server);
    (await server.socket(0)).ready();
    await started;
    const sending = client.send('bob', 1);
    server.sockets[0].drop(code, 'why');
    await assert.rejects(sending, { code: 'stopped' });
    await until(() => of('stopped').length === 1, 'the end');
    assert.ok(of('stopped')[0] instanceof StoppedError);
    assert.equal(of('stopped')[0].code, code);
    assert.equal(server.sockets.length, 1);
  });
}

test('tokens go into a frame, and a fresh one is fetched when the server wants one', async () => {
  const server = new FakeServer();
  let made = 0;
  const { client } = await start(server, { user: undefined, device: 'phone', token: () => `t${++made}` });
  const first = (await server.socket(0)).accept().put({ type: 'hello', v: 1 });
  assert.deepEqual([first.url.search, first.sent], ['', [{ type: 'open', token: 't1', device: 'phone' }]]);
  first.ready({ device: 'phone' }).msg(1).drop(1012);
  const second = (await server.socket(1)).accept().put({ type: 'hello', v: 1 });
  assert.deepEqual(second.sent, [{ type: 'open', token: 't1', device: 'phone', resume: { epoch: 'e', seq: 1 } }]);
  second.drop(4501, 'that token has ended');
  const third = (await server.socket(2)).accept().put({ type: 'hello', v: 1 });
  assert.equal(third.sent[0].token, 't2');
  third.ready({ device: 'phone' }).drop(4002);
  assert.equal((await server.socket(3)).accept().put({ type: 'hello', v: 1 }).sent[0].token, 't3');
  await client.stop();
});

test('a token is extended over the open socket before it ends', async () => {
  const server = new FakeServer();
  const token = (life) => `e30.${btoa(JSON.stringify({ exp: Date.now() / 1000 + life, iat: Date.now() / 1000 }))}.x`;
  const lives = [0.5, 3600];
  const { client } = await start(server, { user: undefined, token: () => token(lives.shift()) });
  const socket = (await server.socket(0)).accept().put({ type: 'hello', v: 1 }).ready();
  await until(() => socket.sentOf('open').length === 2, 'the second token');
  assert.equal(server.sockets.length, 1);
  await client.stop();
});

test('a new token that is rejected ends it', async () => {
  const server = new FakeServer();
  const { of } = await start(server, { user: undefined, token: () => 'bad' });
  (await server.socket(0)).accept().put({ type: 'hello', v: 1 }).drop(4501, 'no');
  await until(() => of('stopped').length === 1, 'the end');
  assert.equal(of('stopped')[0].code, 4501);
});

test('a silent server is noticed', async () => {
  const server = new FakeServer();
  const { client, of } = await start(server, { quietMs: 30, pongMs: 60 });
  const first = (await server.socket(0)).ready();
  await until(() => first.sentOf('ping').length === 1, 'a ping');
  first.put({ type: 'pong' });
  await until(() => first.sentOf('ping').length === 2, 'another ping, unanswered');
  (await server.socket(1)).ready();
  assert.equal(of('reconnecting')[0].code, 1006);
  await client.stop();
});

test('an attempt that leads nowhere is given up', async () => {
  const server = new FakeServer();
  const { client } = await start(server, { connectMs: 20, url: async () => 'ws://found/ws' });
  await server.socket(0);
  assert.equal((await server.socket(1)).url.host, 'found');
  await client.stop();
});

test('what is no option, and what is no URL, is told', () => {
  assert.throws(() => new AkkaSocketsClient({ url: 'ws://a', devise: 'x' }), /devise: no such option/);
  assert.throws(() => new AkkaSocketsClient({ url: 'http://a' }), /must be a ws/);
});
