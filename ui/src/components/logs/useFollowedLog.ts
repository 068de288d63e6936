import { useEffect, useRef, useState } from 'react';
import { taskPath } from '../../api/queries';
import { LogLines } from '../../logic/logLines';

export type LogState = 'loading' | 'following' | 'ended' | 'lost' | 'missing';

type Piece = { offset: number; nextOffset: number; text: string };

const TAIL = 2_000;
const RETRY_MS = 1_000;

export type FollowedLog = { lines: LogLines; revision: number; state: LogState };

/**
 * Follows a log of a task. What arrives is gathered and shown once a frame, so that thousands of
 * lines a second cost one rendering a frame; after a lost connection it goes on where it was.
 */
export function useFollowedLog(taskId: string, name: 'stdout' | 'stderr'): FollowedLog {
  const lines = useRef(new LogLines());
  const [shown, setShown] = useState<{ revision: number; state: LogState }>({
    revision: 0,
    state: 'loading',
  });

  useEffect(() => {
    const current = new LogLines();
    lines.current = current;
    let state: LogState = 'loading';
    let next: number | undefined;
    let frame = 0;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | undefined;
    let failures = 0;

    const show = () => {
      frame = 0;
      setShown((before) => ({ revision: before.revision + 1, state }));
    };
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(show);
    };
    const open = () => {
      const from = next === undefined ? `tail=${TAIL}` : `offset=${next}`;
      const stream = new EventSource(`${taskPath(taskId)}/logs/${name}?follow=true&${from}`);
      source = stream;
      stream.onopen = () => {
        failures = 0;
        state = 'following';
        schedule();
      };
      stream.addEventListener('log', (message: MessageEvent<string>) => {
        const piece = JSON.parse(message.data) as Piece;
        next = piece.nextOffset;
        current.append(piece.text);
        schedule();
      });
      stream.addEventListener('end', () => {
        stream.close();
        state = 'ended';
        schedule();
      });
      stream.onerror = () => {
        // The browser would start again at the tail; this goes on at the next byte.
        stream.close();
        failures++;
        state = next === undefined && failures > 2 ? 'missing' : 'lost';
        schedule();
        retry = setTimeout(open, Math.min(10, failures) * RETRY_MS);
      };
    };
    open();
    schedule();
    return () => {
      source?.close();
      clearTimeout(retry);
      cancelAnimationFrame(frame);
    };
  }, [taskId, name]);

  return { lines: lines.current, ...shown };
}
