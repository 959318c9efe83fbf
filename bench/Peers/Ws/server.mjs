// One of several servers behind a balancer: a channel of Redis for each user who is connected here. Environment: PORT, REDIS_URL, SIGNING_KEY.
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import { createClient } from 'redis';
import { WebSocket, WebSocketServer } from 'ws';

const { PORT, REDIS_URL, SIGNING_KEY } = process.env;
const publisher = createClient({ url: REDIS_URL });
const subscriber = publisher.duplicate();
for (const client of [publisher, subscriber]) client.on('error', (fault) => console.error('redis', fault.message));
await Promise.all([publisher.connect(), subscriber.connect()]);

/** @type {Map<string, Set<WebSocket>>} */
const users = new Map();

function deliver(message, channel) {
  for (const socket of users.get(channel) ?? []) {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  }
}

async function add(channel, socket) {
  const sockets = users.get(channel);
  if (sockets) {
    sockets.add(socket);
    return;
  }
  users.set(channel, new Set([socket]));
  await subscriber.subscribe(channel, deliver);
}

async function remove(channel, socket) {
  const sockets = users.get(channel);
  if (!sockets?.delete(socket) || sockets.size > 0) return;
  users.delete(channel);
  await subscriber.unsubscribe(channel);
}

const report = (fault) => console.error(fault);
const server = createServer((request, response) => response.end('ok'));
const sockets = new WebSocketServer({ noServer: true });

// As the README of ws has it under "Client authentication".
server.on('upgrade', (request, stream, head) => {
  stream.on('error', report);
  let user;
  try {
    user = jwt.verify(new URL(request.url, 'http://localhost').searchParams.get('access_token'), SIGNING_KEY, { algorithms: ['HS256'] }).sub;
  } catch {
    stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  stream.removeListener('error', report);
  sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request, user));
});

sockets.on('connection', async (socket, request, user) => {
  const channel = `user:${user}`;
  socket.isAlive = true;
  socket.on('pong', () => { socket.isAlive = true; });
  socket.on('error', report);
  socket.on('close', () => remove(channel, socket).catch(report));
  socket.on('message', (text) => {
    const { to, data } = JSON.parse(text);
    publisher.publish(`user:${to}`, JSON.stringify({ type: 'msg', from: user, data })).catch(report);
  });
  await add(channel, socket);
  socket.send('{"type":"ready"}');
});

// As the README of ws has it under "How to detect and close broken connections?".
setInterval(() => {
  for (const socket of sockets.clients) {
    if (!socket.isAlive) {
      socket.terminate();
      continue;
    }
    socket.isAlive = false;
    socket.ping();
  }
}, 30_000);

server.listen(Number(PORT), '127.0.0.1');
