/** Times relative to now, in words; the exact ones are shown on hover. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s`, `5 min`, `3 h`, `2 d`: rounded down, one unit, or two where one would be coarse. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < DAY) {
    const minutes = Math.floor((whole % HOUR) / MINUTE);
    const hours = Math.floor(whole / HOUR);
    return hours < 10 && minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  const hours = Math.floor((whole % DAY) / HOUR);
  const days = Math.floor(whole / DAY);
  return days < 10 && hours > 0 ? `${days} d ${hours} h` : `${days} d`;
}

/** `just now`, `5 min ago`, `in 3 s`. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  if (seconds <= -1) return `in ${formatDuration(-seconds)}`;
  return seconds < 3 ? 'just now' : `${formatDuration(seconds)} ago`;
}

let exact: Intl.DateTimeFormat | undefined;

/** The exact time in the reader's zone, with the zone. */
export function formatExact(at: Date): string {
  // Made once and when it is needed: making one takes longer than all else in the row of a table.
  exact ??= new Intl.DateTimeFormat(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  return exact.format(at);
}

/** The time of day with milliseconds, for lists of events. */
export function formatClock(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const millis = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${millis}`;
}
