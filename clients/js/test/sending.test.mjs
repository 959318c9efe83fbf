import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeServer, start, until } from './fake.mjs';

async function connected(over) {
  const server = new FakeServer();
  const started = await start(server, over);
  const socket = (await server.socket(0)).ready();
  await started.started;
  return { server, socket, ...started };
}

test('a send is done when it is in the log', async () => {
  const { client, socket } = await connected();
  const sending = client.send('bob', { a: 1 }, { id: 'x' });
  assert.deepEqual(socket.sent, [{ type: 'send', id: 'x', to: 'bob', data: { a: 1 } }]);
  socket.put({ type: 'ok', id: 'x', seq: 12, dup: false });
  assert.equal((await sending).seq, 12);
  await client.stop();
});

test('sends to one user go one after the other, and to others beside it', async () => {
  const { client, socket } = await connected();
  for (const [to, id] of [['bob', '1'], ['bob', '2'], ['carol', '3']]) client.send(to, 0, { id }).catch(() => {});
  assert.deepEqual(socket.sentOf('send').map((f) => f.id), ['1', '3']);
  socket.put({ type: 'err', id: '1', code: 'unavailable', message: '', retry: true, retryAfterMs: 5 });
  await until(() => socket.sentOf('send').length === 3, 'the repeat');
  assert.deepEqual(socket.sentOf('send').map((f) => f.id), ['1', '3', '1']);
  socket.put({ type: 'ok', id: '1', seq: 1, dup: true });
  assert.equal(socket.sentOf('send').at(-1).id, '2');
  await client.stop();
});

test('what was not answered is repeated on the next socket, first', async () => {
  const { client, server, socket } = await connected();
  const sending = client.send('bob', 1, { id: 'x' });
  socket.drop(1006);
  const next = (await server.socket(1)).ready();
  assert.deepEqual(next.sentOf('send').map((f) => f.id), ['x']);
  next.put({ type: 'ok', id: 'x', seq: 1, dup: true });
  assert.equal((await sending).dup, true);
  await client.stop();
});

test('a refusal that no repeat mends is told', async () => {
  const { client, socket } = await connected();
  const sending = client.send('', 1, { id: 'x' });
  socket.put({ type: 'err', id: 'x', code: 'bad-target', message: 'whom?', retry: false });
  await assert.rejects(sending, { code: 'bad-target', message: 'whom?', retry: false });
  await client.stop();
});

test('too many frames are followed by a pause of all', async () => {
  const { client, socket } = await connected();
  client.send('bob', 1, { id: '1' }).catch(() => {});
  socket.put({ type: 'err', id: '1', code: 'rate-limited', message: '', retry: true, retryAfterMs: 30 });
  client.send('carol', 1, { id: '2' }).catch(() => {});
  assert.equal(socket.sentOf('send').length, 1);
  await until(() => socket.sentOf('send').length === 3, 'both');
  await client.stop();
});

test('ephemeral sends are asked once, and answered by the socket they went to', async () => {
  const { client, server, socket } = await connected();
  const asked = client.sendEphemeral('bob', 1);
  const { id } = socket.sentOf('send')[0];
  socket.put({ type: 'reconnect', reason: 'admin', delayMs: 0, graceMs: 1 });
  const next = (await server.socket(1));
  socket.put({ type: 'ok', id, sockets: 2 });
  assert.equal(await asked, 2);
  const lost = client.sendEphemeral('bob', 2);
  next.ready();
  await assert.rejects(lost, { code: 'not-connected' });
  assert.equal(next.sentOf('send').length, 0);
  next.drop(1012);
  await assert.rejects(client.sendEphemeral('bob', 1), { code: 'not-connected' });
  await client.stop();
});

test('the frame that a server choked on is given up', async () => {
  const { client, server, socket } = await connected();
  const big = client.send('bob', 'x'.repeat(100));
  const small = client.send('carol', 'x', { id: 's' });
  socket.drop(1009);
  await assert.rejects(big, { code: 'too-large' });
  (await server.socket(1)).ready().put({ type: 'ok', id: 's', seq: 1, dup: false });
  await small;
  await client.stop();
});

test('what can not be sent is said at once', async () => {
  const { client } = await connected({ sendLimit: 1 });
  await assert.rejects(client.send('bob', undefined), TypeError);
  client.send('bob', 1, { id: 'a' }).catch(() => {});
  await assert.rejects(client.send('bob', 1), { code: 'queue-full' });
  await client.stop();
  await assert.rejects(client.send('bob', 1), { code: 'stopped' });
});

test('acknowledgements that were refused are said again', async () => {
  const { client, socket } = await connected();
  socket.msg(1);
  await until(() => socket.sentOf('ack').length === 1, 'the ack');
  socket.put({ type: 'err', code: 'rate-limited', message: '', retry: true, retryAfterMs: 1 });
  await until(() => socket.sentOf('ack').length === 2, 'it again');
  await client.stop();
});
