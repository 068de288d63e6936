import { formatExact, splitTimes } from '../logic/times';

/** What the server says, with its times in the reader's zone and words. */
export function Sentence({ text }: { text: string }) {
  return splitTimes(text).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <time key={index} dateTime={part} title={part}>
        {formatExact(new Date(part))}
      </time>
    ),
  );
}
