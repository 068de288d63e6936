/** What must not be broken into lines within a sentence of the server, and is read as one. */
export type Part = { kind: 'text' | 'time' | 'flag'; text: string };

const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const FLAG = String.raw`--[a-z][a-z-]*`;

/** A sentence of the server in parts: times as it writes them, flags of the command line, the rest. */
export function partsOf(sentence: string): Part[] {
  return sentence
    .split(new RegExp(`(${INSTANT}|${FLAG})`))
    .map((text, index): Part => {
      if (index % 2 === 0) return { kind: 'text', text };
      return { kind: text.startsWith('--') ? 'flag' : 'time', text };
    })
    .filter(({ text }) => text !== '');
}
