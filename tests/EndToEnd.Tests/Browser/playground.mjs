// The playground: two users in two panes. NODE: the backends' listener; KEY: a key of it.
import { complaints, end, open, shoot, tell } from './browser.mjs';

const { NODE, KEY } = process.env;
const page = await open(`${NODE}/playground`, { key: KEY });
const [alice, bob] = [page.locator('.pane').nth(0), page.locator('.pane').nth(1)];
const frames = (pane) => pane.locator('.frames li[data-direction]').allTextContents();
const has = (pane, text) => pane.locator('.frames li', { hasText: text }).first().waitFor();

for (const pane of [alice, bob]) {
  await pane.locator('.who [type=submit]').click();
  await has(pane, '"type":"ready"');
}
await alice.locator('[name=text]').fill('<img src=x onerror=alert(1)>');
await alice.locator('[name=text]').press('Enter');
await bob.locator('.messages li', { hasText: 'onerror' }).waitFor();
await has(alice, '"type":"ok"');
await has(bob, '"type":"ack"');

// Asked to reconnect, bob does, and goes on.
await bob.locator('[name=reconnect]').click();
await has(bob, '"type":"reconnect"');
await bob.locator('.frames li', { hasText: '"type":"ready"' }).nth(1).waitFor();
await alice.locator('[name=ephemeral]').check();
await alice.locator('[name=text]').fill('still there?');
await alice.locator('.say [type=submit]').click();
await bob.locator('.messages li', { hasText: 'still there?' }).waitFor();
await shoot(page, 'playground');
tell({ alice: await frames(alice), bob: await frames(bob), messages: await bob.locator('.messages li').allTextContents(), images: await page.locator('.pane img').count(), complaints });
await end();
