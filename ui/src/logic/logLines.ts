/** The lines of a followed log: bounded, appended in pieces that may end in the middle of a line. */

export type LogLine = { number: number; text: string };

export const MOST_LINES = 50_000;

/** An append-only view of the last lines; a new value for each change, sharing what is unchanged. */
export class LogLines {
  private readonly lines: string[] = [];
  private first = 0;
  private open = false;

  /** Lines that were dropped at the start because there were too many. */
  get dropped(): number {
    return this.first;
  }

  get count(): number {
    return this.lines.length;
  }

  at(index: number): LogLine {
    return { number: this.first + index + 1, text: this.lines[index] ?? '' };
  }

  append(text: string): void {
    if (text === '') return;
    const pieces = text.split('\n');
    const last = pieces.pop() ?? '';
    pieces.forEach((piece, index) => this.push(piece, index === 0 && this.open));
    const continues = pieces.length === 0 && this.open;
    this.open = last !== '' || continues;
    if (last !== '') this.push(last, continues);
    const extra = this.lines.length - MOST_LINES;
    if (extra > MOST_LINES / 10) {
      this.lines.splice(0, extra);
      this.first += extra;
    }
  }

  private push(piece: string, continues: boolean): void {
    const clean = printable(piece);
    if (continues) this.lines[this.lines.length - 1] += clean;
    else this.lines.push(clean);
  }

  /** The indexes of the lines that contain a text, whatever its case. */
  find(text: string): number[] {
    const wanted = text.toLowerCase();
    const found: number[] = [];
    if (wanted === '') return found;
    this.lines.forEach((line, index) => {
      if (line.toLowerCase().includes(wanted)) found.push(index);
    });
    return found;
  }
}

/** A line cut at each match of a search, whatever its case; nothing when there is none. */
export function matchesIn(text: string, search: string): { before: string; match: string }[] {
  const parts: { before: string; match: string }[] = [];
  const lower = text.toLowerCase();
  const wanted = search.toLowerCase();
  if (wanted === '' || lower.length !== text.length) return parts;
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push({ before: text.slice(from, at), match: text.slice(at, at + wanted.length) });
    from = at + wanted.length;
  }
  if (parts.length > 0) parts.push({ before: text.slice(from), match: '' });
  return parts;
}

const ESCAPES =
  /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0000-\u0008\u000b-\u001a\u001c-\u001f]/g;

/** A line without the escape sequences that colour a terminal. */
export function printable(line: string): string {
  return line.replace(ESCAPES, '');
}
