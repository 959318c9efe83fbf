// A page that keeps its position in localStorage, and is reloaded. NODE: the backends' listener, which serves the client; SOCKET: the node's socket.
import { complaints, end, hear, open, tell } from './browser.mjs';

const { NODE, SOCKET } = process.env;
const page = await open(`${NODE}/playground`);

/** Connects, and tells of what came when the last message is handled and its position kept. */
async function follow(last) {
  await page.evaluate(async (url) => {
    const { AkkaSocketsClient, localStoragePositions } = await import('/page/playground/akkasockets.js');
    const told = window.told = { seqs: [], events: [] };
    // Without a device: to the server each load is another one, so only what the page kept says where it was.
    const client = new AkkaSocketsClient({ url, user: 'reader', ackMs: 20, positions: localStoragePositions('reader'), onMessage: ({ seq }) => { told.seqs.push(seq); } });
    for (const type of ['gap', 'reset', 'fault', 'stopped']) client.addEventListener(type, ({ detail }) => { told.events.push(`${type} ${JSON.stringify(detail)}`); });
    told.ready = await client.start();
  }, SOCKET);
  await page.waitForFunction((seq) => window.told.seqs.at(-1) === seq && JSON.parse(localStorage.getItem('reader'))?.seq === seq, last);
  return page.evaluate(() => window.told);
}

const first = await follow(5);
await page.reload();
tell(first);
await hear();
const second = await follow(10);
await page.evaluate(() => localStorage.clear());
await page.reload();
tell(second);
await hear();
tell({ ...(await follow(10)), complaints });
await end();
