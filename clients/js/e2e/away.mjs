// A device that is away for longer than its messages are kept. WS_URL: the node's socket. Tells in lines of JSON what came until it went, and, when a line came on standard
// input, what came after.
import { createInterface } from 'node:readline';
import { AkkaSocketsClient } from '../akkasockets.js';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let kept = null;
const positions = { load: () => kept, save: (position) => { kept = position; } };

/** Follows until the message says that it is the last one. */
async function follow() {
  const told = { seqs: [], gaps: [], others: [] };
  let isLast;
  const last = new Promise((resolve) => { isLast = resolve; });
  const client = new AkkaSocketsClient({
    url: process.env.WS_URL, user: 'carol', device: 'js', positions,
    onMessage: ({ seq, data }) => { told.seqs.push(seq); if (data === 'last') isLast(); },
  });
  client.addEventListener('gap', ({ detail }) => { told.gaps.push({ ...detail, before: told.seqs.length }); });
  for (const type of ['reset', 'fault']) client.addEventListener(type, ({ detail }) => { told.others.push([type, String(detail?.message ?? detail)]); });
  told.ready = await client.start();
  await last;
  await client.stop();
  return { ...told, kept };
}

console.log(JSON.stringify(await follow()));
await lines.next();
console.log(JSON.stringify(await follow()));
process.stdin.destroy();
