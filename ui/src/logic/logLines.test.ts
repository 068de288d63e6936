import { describe, expect, it } from 'vitest';
import { LogLines, matchesIn, MOST_LINES, printable } from './logLines';

const texts = (lines: LogLines) =>
  Array.from({ length: lines.count }, (_, index) => lines.at(index).text);

describe('log lines', () => {
  it('joins a line that came in pieces, wherever it was cut', () => {
    const text = 'one\ntwo\n\nfour';
    for (let cut = 0; cut <= text.length; cut++) {
      const lines = new LogLines();
      lines.append(text.slice(0, cut));
      lines.append(text.slice(cut));
      expect(texts(lines)).toEqual(['one', 'two', '', 'four']);
    }
  });

  it('drops the oldest lines and keeps the numbers of the others', () => {
    const lines = new LogLines();
    for (let i = 1; i <= 2 * MOST_LINES; i++) lines.append(`${i}\n`);
    expect(lines.count).toBeLessThanOrEqual(MOST_LINES * 1.1);
    const last = lines.at(lines.count - 1);
    expect(last).toEqual({ number: 2 * MOST_LINES, text: String(2 * MOST_LINES) });
    expect(lines.at(0).text).toBe(String(lines.dropped + 1));
  });

  it('finds text whatever its case', () => {
    const lines = new LogLines();
    lines.append('Started\nfailed to START\nrest\n');
    expect(lines.find('start')).toEqual([0, 1]);
    expect(lines.find('')).toEqual([]);
  });

  it('marks every match of a line', () => {
    const parts = matchesIn('Error: no error', 'error');
    expect(parts).toEqual([
      { before: '', match: 'Error' },
      { before: ': no ', match: 'error' },
      { before: '', match: '' },
    ]);
    expect(parts.map(({ before, match }) => before + match).join('')).toBe('Error: no error');
    expect(matchesIn('nothing', 'error')).toEqual([]);
  });

  it('leaves out what colours a terminal', () => {
    expect(printable('\u001b[31mred\u001b[0m plain\r')).toBe('red plain');
  });
});
