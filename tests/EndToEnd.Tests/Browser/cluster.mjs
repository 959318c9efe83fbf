// The cluster page and the JavaScript client in a browser, through a join, a drain, a freeze and a kill. NODE: the backends' listener of a node that stays; KEY: a key
// of it; SOCKETS: the nodes' sockets, by commas; USERS: who sends and who receives, by a comma.
import { complaints, end, hear, open, reads, shoot, tabThrough, tell } from './browser.mjs';

const { NODE, KEY, SOCKETS, USERS } = process.env;

// Two users talk in another tab, wherever the nodes send them.
const talk = await open(`${NODE}/playground`, { key: KEY });
await talk.evaluate(async ([urls, [sender, receiver]]) => {
  const { AkkaSocketsClient } = await import('/page/playground/akkasockets.js');
  const told = window.told = { sent: [], arrived: [], reconnects: {}, over: false };
  let turn = 0;
  const connect = (user, onMessage) => new AkkaSocketsClient({ url: () => urls[turn++ % urls.length], user, device: 'browser', backoffMs: 100, backoffCapMs: 1000, connectMs: 5000, onMessage });
  const bob = connect(receiver, ({ seq, data }) => { told.arrived.push({ seq, data }); });
  const alice = connect(sender);
  for (const [user, client] of [[sender, alice], [receiver, bob]]) {
    told.reconnects[user] = [];
    client.addEventListener('frame', ({ detail: { direction, text } }) => { if (direction === 'in' && text.startsWith('{"type":"reconnect"')) told.reconnects[user].push(JSON.parse(text).reason); });
  }
  await Promise.all([alice.start(), bob.start()]);
  told.done = (async () => {
    const pending = [];
    for (let n = 0; !told.over; await new Promise((resolve) => { setTimeout(resolve, 50); })) {
      // Below the client's own limit of unanswered sends: while nobody answers, nothing is added.
      if (n - told.sent.length >= 500) continue;
      const own = n++;
      pending.push(alice.send(receiver, own, { id: `n-${own}` }).then(({ seq }) => { told.sent.push({ n: own, seq }); }));
    }
    await Promise.all(pending);
  })();
}, [SOCKETS.split(','), USERS.split(',')]);

// Without a key nothing is shown; a wrong one is refused; the right one shows the cluster.
const page = await open(`${NODE}/`);
await page.locator('#key').waitFor();
const before = await page.locator('#main').isVisible();
await page.fill('#key-text', 'not-the-key');
await page.keyboard.press('Enter');
await reads(page, '#key-fault', /not one of them/);
await page.fill('#key-text', KEY);
await page.keyboard.press('Enter');
await reads(page, '#findings', /2 nodes carry 256 shards/);
await reads(page, '#verdict-title', /All is well/);
// A move is known of shards whose place was known before.
await page.waitForFunction(() => document.querySelectorAll('#nodes tr[data-followed=true]').length === 2);
// Every picture that is shown is kept.
await page.evaluate(() => {
  const ring = document.querySelector('#ring svg');
  window.pictures = [ring.getAttribute('aria-label')];
  window.chords = 0;
  window.dots = 0;
  new MutationObserver(() => {
    window.pictures.push(ring.getAttribute('aria-label'));
    window.chords = Math.max(window.chords, ring.querySelectorAll('.chord').length);
    window.dots = Math.max(window.dots, ring.querySelectorAll('.dot').length);
  }).observe(ring, { subtree: true, childList: true, attributes: true });
});
tell({ shownWithoutKey: before, reached: await tabThrough(page) });

// A node joins.
await hear();
const arcs = () => page.locator('#ring .arc').count();
const arcsBefore = await arcs();
await page.fill('#plan-join', 'node-3');
await page.press('#plan-join', 'Enter');
await reads(page, '#plan-answer', /If node-3 joined, .* shards would move/);
const plan = await page.textContent('#plan-answer p');
// Kept, where it goes slowly enough to be caught.
const caught = page.locator('#ring .chord').first().waitFor({ state: 'attached' }).then(() => page.screenshot({ path: `${process.env.SCREENSHOTS}/joining.png`, fullPage: true, clip: { x: 0, y: 0, width: 1000, height: 1000 } }));
caught.catch(() => {});
tell({ plan });
await hear();
await reads(page, '#nodes', /node-3/);
await page.waitForFunction(() => /node-3 85\. Nothing is to move/.test(document.querySelector('#ring svg').getAttribute('aria-label')));
await page.locator('#moves li').first().waitFor();
await page.waitForFunction(() => document.querySelectorAll('#ring .arc').length === 3);
await Promise.race([caught, new Promise((resolve) => { setTimeout(resolve, 1000); })]);
await shoot(page, 'joined');
tell({
  arcsBefore, arcs: await arcs(), chords: await page.evaluate(() => window.chords), dots: await page.evaluate(() => window.dots),
  pictures: [...new Set(await page.evaluate(() => window.pictures))], moves: await page.locator('#moves li').allTextContents(),
  charts: await page.locator('#charts canvas').count(), accepted: await page.getAttribute('#chart-messages', 'aria-label'),
});

// A user with a name that is none of a page's business is told to come back.
await hear();
await reads(page, '#reconnects', /onerror/);
tell({ reconnects: await page.locator('#reconnects li b').allTextContents(), images: await page.locator('#reconnects img').count() });

// One drains.
await hear();
await reads(page, '#findings', /node-3 (drains|is drained)/);
const drain = await page.textContent('#findings');
await shoot(page, 'draining');
await page.waitForFunction(() => /node-3 0/.test(document.querySelector('#ring svg').getAttribute('aria-label')));
tell({ drain });

// One freezes. The others will remove it before long, so all that is said of it is read at once.
await hear();
const frozen = await page.waitForFunction(() => {
  const [findings, title] = ['#findings', '#verdict-title'].map((selector) => document.querySelector(selector).textContent);
  const row = [...document.querySelectorAll('#nodes tbody tr')].find((one) => one.textContent.includes('node-2'));
  return /node-2 (has not answered|can't be reached)/.test(findings) && { findings, title, row: row.textContent };
});
await shoot(page, 'frozen');
tell(await frozen.jsonValue());

// It is killed, and the talk is over when what was sent has arrived.
await hear();
const atKill = await talk.evaluate(() => window.told.sent.length);
await page.waitForFunction(() => !/node-2/.test(document.querySelector('#nodes').textContent));
await talk.waitForFunction((least) => window.told.sent.length >= least + 20, atKill);
await talk.evaluate(async () => { window.told.over = true; await window.told.done; });
await talk.waitForFunction(() => window.told.arrived.length >= window.told.sent.length);
tell({ ...(await talk.evaluate(() => ({ sent: window.told.sent, arrived: window.told.arrived, reconnects: window.told.reconnects }))), complaints });
await end();
