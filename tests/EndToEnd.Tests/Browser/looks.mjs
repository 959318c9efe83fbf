// Whether the pages can be read and used: contrast in both themes, the keyboard in a narrow window, and no motion for who wants none. NODE: the backends' listener;
// KEY: a key of it.
import { complaints, contrasts, end, hear, open, reads, tabThrough, tell, toTop } from './browser.mjs';

const { NODE, KEY } = process.env;
const page = await open(`${NODE}/`, { key: KEY });
await reads(page, '#findings', /carries 256 shards/);
await reads(page, '#ring', /256 shards/);

// What is pressed by keyboard alone, as on a phone with one.
await page.setViewportSize({ width: 400, height: 900 });
const pressed = [];
const tabTo = async (id) => {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => (document.activeElement.id || document.activeElement.textContent) === wanted, id)) { pressed.push(id); return; }
  }
};
await toTop(page);
await tabTo('plan-join');
await page.keyboard.type('node-2');
await tabTo('plan-leave');
await tabTo('Plan');
const inWindow = await page.evaluate(() => { const { left, right, top, bottom } = document.activeElement.getBoundingClientRect(); return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight; });
await page.keyboard.press('Space');
await reads(page, '#plan-answer', /If node-2 joined, .* would move/);
const wide = await page.evaluate(() => document.documentElement.scrollWidth);
tell({ pressed, inWindow, wide, plan: await page.textContent('#plan-answer p') });

await hear();
// A ring that has moves to show: still for who wants no motion, and moving for others.
await page.setViewportSize({ width: 1000, height: 900 });
const motion = {};
for (const reducedMotion of ['no-preference', 'reduce']) {
  await page.emulateMedia({ reducedMotion });
  motion[reducedMotion] = await page.evaluate(async () => {
    const { Ring } = await import('/page/ring.js');
    const host = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'ring' }));
    const ring = new Ring(host);
    const member = (node, shards) => ({ node, shards, carriesUsers: true, reachable: true, silentMs: null, draining: false, users: 0, sockets: 0 });
    let dots = 0;
    new MutationObserver(() => { dots = Math.max(dots, host.querySelectorAll('.dot').length); }).observe(host, { subtree: true, childList: true });
    ring.show({ shards: 8, unplaced: 0, paused: null, members: [member('a', 6), member('b', 2)], pending: [{ from: 'a', to: 'b', shards: 2 }] });
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    while (!host.querySelector('.chord')) await frame();
    ring.fly('a', 'b');
    // A dot is on its way by the third frame, where there is one at all.
    for (let i = 0; i < 10; i++) await frame();
    const told = { dots, animation: getComputedStyle(host.querySelector('.chord')).animationName, running: document.getAnimations().length };
    host.remove();
    return told;
  });
}
tell(motion);

await hear();
const playground = await open(`${NODE}/playground`, { key: KEY });
await playground.locator('.pane').nth(1).waitFor();
const apart = await tabThrough(playground);
for (const pane of [0, 1]) await playground.locator('.pane').nth(pane).locator('.who [type=submit]').click();
for (const pane of [0, 1]) await playground.locator('.frames').nth(pane).locator('li', { hasText: '"type":"ready"' }).first().waitFor();
await playground.locator('[name=text]').first().fill('hello');
await playground.locator('[name=text]').first().press('Enter');
await playground.locator('.messages').nth(1).locator('li').first().waitFor();
tell({ apart, together: await tabThrough(playground) });

await hear();
const told = {};
for (const colorScheme of ['light', 'dark']) {
  for (const [name, one] of [['cluster', page], ['playground', playground]]) {
    await one.emulateMedia({ colorScheme });
    told[`${name} ${colorScheme}`] = await one.evaluate(contrasts);
  }
}
tell({ contrasts: told, complaints });
await end();
