// A node keeps its colour while the page is open, in the ring, the table and the charts alike.

const COLOURS = 8;
const given = new Map();

/** 0 to 7, by the order in which nodes were seen. Past eight they repeat, and names tell them apart. */
export function colourOf(node) {
  if (!given.has(node)) given.set(node, given.size % COLOURS);
  return given.get(node);
}

/** A colour as the style sheet has it now: of the light or the dark theme. */
export const styled = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
