// Two users talk until a line comes on standard input; then what was sent and what arrived is written as one line of JSON, and the process ends by itself: nothing of a
// client that was stopped keeps it.
// WS_URL: the nodes' sockets by commas, tried in turn. USERS: who sends and who receives, by a comma; alice and bob without it. PACE_MS: from send to send, 25 without
// it. SECRET: the HS256 key to sign tokens with; without it, Development's ?user=.
import { createHmac } from 'node:crypto';
import { AkkaSocketsClient } from '../akkasockets.js';

const urls = process.env.WS_URL.split(',');
const [sender, receiver] = (process.env.USERS ?? 'alice,bob').split(',');
const paceMs = Number(process.env.PACE_MS ?? 25);
/** Below the client's own limit of unanswered sends: while nobody answers, nothing is added. */
const MOST_UNANSWERED = 500;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token (RFC 7519) that ends soon, so that it has to be extended meanwhile. */
function token(sub) {
  const now = Math.floor(Date.now() / 1000);
  const text = `${base64({ alg: 'HS256' })}.${base64({ sub, iat: now, exp: now + 10, send: '*' })}`;
  return `${text}.${createHmac('sha256', process.env.SECRET).update(text).digest('base64url')}`;
}

function connect(name, onMessage) {
  const who = process.env.SECRET ? { token: () => token(name) } : { user: name };
  let turn = 0;
  const client = new AkkaSocketsClient({ url: () => urls[turn++ % urls.length], device: 'js', backoffMs: 100, backoffCapMs: 1000, onMessage, ...who });
  for (const type of ['reconnecting', 'fault', 'gap', 'reset', 'stopped']) {
    client.addEventListener(type, ({ detail }) => { events.push([name, type, detail?.reason ?? detail?.message ?? detail, detail?.code]); });
  }
  client.addEventListener('frame', ({ detail: { direction, text } }) => {
    if (direction === 'in' && text.startsWith('{"type":"reconnect"')) asked.push({ user: name, ...JSON.parse(text) });
  });
  return client;
}

const events = [], asked = [], sent = [], arrived = [];
const bob = connect(receiver, ({ seq, data, epoch }) => { arrived.push({ seq, data, epoch }); });
const alice = connect(sender);
await Promise.all([alice.start(), bob.start()]);
console.log('talking');

let over = false;
process.stdin.once('data', () => { over = true; process.stdin.destroy(); });
const pending = [];
for (let n = 0; !over; await pause(paceMs)) {
  if (n - sent.length >= MOST_UNANSWERED) continue;
  const own = n++;
  pending.push(alice.send(receiver, own, { id: `n-${own}` }).then(({ seq }) => { sent.push({ n: own, seq }); }));
}
await Promise.all(pending);
while (arrived.length < sent.length) await pause(10);
// What waited through an outage goes out faster than a socket may send for long, so that the last word may be told to wait.
let ephemeral;
while (ephemeral === undefined) {
  ephemeral = await alice.sendEphemeral(receiver, 'bye').catch((fault) => { if (!fault.retry) throw fault; });
  if (ephemeral === undefined) await pause(100);
}
await Promise.all([alice.stop(), bob.stop()]);
console.log(JSON.stringify({ sent, arrived: arrived.filter(({ seq }) => seq !== undefined), asked, events, ephemeral }));
