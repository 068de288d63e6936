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

  clear(): void {
    this.lines.length = 0;
    this.first = 0;
    this.open = false;
  }
}

// eslint-disable-next-line no-control-regex
const ESCAPES =
  /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0000-\u0008\u000b-\u001a\u001c-\u001f]/g;

/** A line without the escape sequences that colour a terminal. */
export function printable(line: string): string {
  return line.replace(ESCAPES, '');
}
