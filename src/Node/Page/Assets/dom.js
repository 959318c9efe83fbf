// What every part uses: elements whose text is only ever text, and figures for people.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. Children that are strings become text nodes: nothing here is ever parsed as HTML. */
export function el(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

export function svg(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(element, properties, children) {
  for (const [key, value] of Object.entries(properties)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Writes only what differs, so that a selection or a screen reader is not disturbed once a second. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const count = (n) => (n === null || n === undefined ? '–' : Math.round(n).toLocaleString('en'));

/** A rate: whole numbers where they are large, a decimal where they are not. */
export const rate = (n) => (n === null || n === undefined ? '–' : n >= 10 || n === 0 ? count(n) : n.toFixed(1));

export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** A length of time in the largest unit that says it: 800 ms, 14 s, 3 min, 2 h, 5 d. */
export function span(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  for (const [unit, length, next] of [['s', 1000, 120_000], ['min', 60_000, 7_200_000], ['h', 3_600_000, 172_800_000]]) if (ms < next) return `${Math.round(ms / length)} ${unit}`;
  return `${Math.round(ms / 86_400_000)} d`;
}

export const clock = (ms) => new Date(ms).toLocaleTimeString('en-GB');

export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
