// What the scripts of this folder share: the machine's Chromium, and a conversation with the test over lines of JSON.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const PATIENCE_MS = 180_000;
const WIDTHS = [400, 1000, 2000];

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Tells the test where the script is. */
export const tell = (value) => console.log(JSON.stringify(value));

/** Waits for the test's word to go on. */
export const hear = async () => (await lines.next()).value;

/** The last thing of a script: the process then ends by itself, when all that it told is written. */
export async function end() {
  await browser.close();
  process.stdin.destroy();
}

/** Whatever a page complains of, its security policy's refusals among it: there must be nothing. */
export const complaints = [];

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** A page of its own, which waits long: the machine may be busy. */
export async function open(url, { key, ...options } = {}) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, ...options });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('dialog', (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  // A refused key and a node that stops are told to the console by the browser itself.
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().startsWith('Failed to load resource') && !message.text().startsWith('WebSocket connection')) complaints.push(message.text()); });
  if (key) await page.addInitScript((text) => sessionStorage.setItem('akkasockets.key', text), key);
  await page.goto(url);
  return page;
}

/** Waits until the element's text matches. */
export const reads = (page, selector, pattern) =>
  page.waitForFunction(([where, source]) => new RegExp(source, 's').test(document.querySelector(where)?.textContent ?? ''), [selector, pattern.source]);

/** A screenshot for each width and theme, none of which may be wider than its window. */
export async function shoot(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      // The charts and the ring follow the width in the next frames.
      await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))); }));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) complaints.push(`${name} is ${wide} wide in a window of ${width}`);
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
}

/** What the keyboard reaches from the top of the page, in order. */
export async function tabThrough(page, most = 40) {
  const reached = [];
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const what = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const outline = getComputedStyle(element).outlineStyle;
      return `${element.id || element.name || element.textContent.trim()}${outline === 'none' ? ' without an outline' : ''}`;
    });
    if (what === null || what === reached[0]) break;
    reached.push(what);
  }
  return reached;
}
