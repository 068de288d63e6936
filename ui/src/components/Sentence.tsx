import { partsOf } from '../logic/sentence';
import { formatExact } from '../logic/times';

/** What the server says, with its times in the reader's zone and words, and its flags unbroken. */
export function Sentence({ text }: { text: string }) {
  return partsOf(text).map((part, index) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'flag') {
      return (
        <span key={index} className="hp-nowrap">
          {part.text}
        </span>
      );
    }
    return (
      <time key={index} dateTime={part.text} title={part.text} className="hp-sentence-time">
        {formatExact(new Date(part.text))}
      </time>
    );
  });
}
