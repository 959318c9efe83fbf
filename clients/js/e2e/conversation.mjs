// Two users talk until a line comes on standard input; then what was sent and what arrived is written as one line of JSON.
// WS_URL: the clients' listener. SECRET: optional, the HS256 key to sign tokens with; without it, Development's ?user=.
import { createHmac } from 'node:crypto';
import { AkkaSocketsClient } from '../akkasockets.js';

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token (RFC 7519) that ends soon, so that it has to be extended meanwhile. */
function token(sub) {
  const now = Math.floor(Date.now() / 1000);
  const text = `${base64({ alg: 'HS256' })}.${base64({ sub, iat: now, exp: now + 10, send: '*' })}`;
  return `${text}.${createHmac('sha256', process.env.SECRET).update(text).digest('base64url')}`;
}

function connect(name, onMessage) {
  const who = process.env.SECRET ? { token: () => token(name) } : { user: name };
  const client = new AkkaSocketsClient({ url: process.env.WS_URL, device: 'js', backoffMs: 100, backoffCapMs: 1000, onMessage, ...who });
  for (const type of ['reconnecting', 'fault', 'gap', 'reset', 'stopped']) {
    client.addEventListener(type, ({ detail }) => { events.push([name, type, detail?.reason ?? detail?.message ?? detail, detail?.code]); });
  }
  return client;
}

const events = [], sent = [], arrived = [];
const bob = connect('bob', ({ seq, data, epoch }) => { arrived.push({ seq, data, epoch }); });
const alice = connect('alice');
await Promise.all([alice.start(), bob.start()]);
console.log('talking');

let over = false;
process.stdin.once('data', () => { over = true; });
const pending = [];
for (let n = 0; !over; n++) {
  pending.push(alice.send('bob', n, { id: `n-${n}` }).then(({ seq }) => { sent.push({ n, seq }); }));
  await new Promise((resolve) => { setTimeout(resolve, 25); });
}
await Promise.all(pending);
while (arrived.length < sent.length) await new Promise((resolve) => { setTimeout(resolve, 10); });
const ephemeral = await alice.sendEphemeral('bob', 'bye');
await Promise.all([alice.stop(), bob.stop()]);
console.log(JSON.stringify({ sent, arrived: arrived.filter(({ seq }) => seq !== undefined), events, ephemeral }));
process.exit(0);
