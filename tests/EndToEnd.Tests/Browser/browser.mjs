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

/** Has the next Tab begin at the top: a blur alone would leave it where the focus was. */
export const toTop = (page) => page.evaluate(() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.scrollTo(0, 0);
});

/** What the keyboard reaches from the top of the page, in order. */
export async function tabThrough(page, most = 40) {
  const reached = [];
  await toTop(page);
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const what = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const outline = getComputedStyle(element).outlineStyle;
      return `${element.id || element.name || element.getAttribute('aria-label') || element.textContent.trim()}${outline === 'none' ? ' without an outline' : ''}`;
    });
    if (what === null || what === reached[0]) break;
    reached.push(what);
  }
  return reached;
}

/** In a page: how far its text stands out from what is behind it (WCAG 2.2, 1.4.3), and so each two colours of the style sheet that meet in some state of it. */
export function contrasts() {
  const PAIRS = {
    ink: ['ground', 'card', 'well-ground', 'busy-ground', 'bad-ground'], quiet: ['ground', 'card', 'busy-ground'], strong: ['ground', 'card'], card: ['strong'],
    well: ['well-ground', 'card'], busy: ['busy-ground', 'card'], bad: ['bad-ground', 'card', 'ground'], c0: ['card', 'busy-ground'], c1: ['card'], c2: ['card', 'busy-ground'],
    c3: ['card'], c4: ['card'], c5: ['card'], c6: ['card'], c7: ['card'],
  };
  const probe = document.body.appendChild(document.createElement('i'));
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (bright + 0.05) / (dim + 0.05);
  };
  const named = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return named('ground');
  };
  const pairs = Object.entries(PAIRS).flatMap(([text, grounds]) => grounds.map((ground) => ({ what: `--${text} on --${ground}`, ratio: ratio(named(text), named(ground)) })));
  probe.remove();
  // Who can't be used need not stand out.
  const texts = [...document.querySelectorAll('body *')].filter((element) => !element.disabled && element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const shown = texts.map((element) => {
    const style = getComputedStyle(element);
    return { what: `"${element.textContent.trim().slice(0, 30)}"`, ratio: ratio(element instanceof SVGElement ? style.fill : style.color, behind(element)) };
  });
  return { pairs: pairs.length, texts: shown.length, lowest: Math.min(...[...pairs, ...shown].map((one) => one.ratio)), low: [...pairs, ...shown].filter((one) => one.ratio < 4.5).map((one) => `${one.what} ${one.ratio.toFixed(2)}`) };
}
