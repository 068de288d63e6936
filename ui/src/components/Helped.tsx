import { Tooltip } from '@patternfly/react-core';
import { type ReactNode, useRef, useState } from 'react';

/**
 * Something that is explained when one points at it. The tooltip is made only then: waiting for the
 * mouse at each of hundreds of labels is much of the work of rendering a table.
 */
export function Helped({ help, children }: { help: string; children: ReactNode }) {
  const [isPointedAt, setPointedAt] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  return (
    <span
      ref={box}
      className="hp-helped"
      onMouseEnter={() => setPointedAt(true)}
      onMouseLeave={() => setPointedAt(false)}
    >
      {children}
      {isPointedAt && (
        <Tooltip
          content={help}
          trigger="manual"
          isVisible
          triggerRef={() => box.current?.firstElementChild as HTMLElement}
        />
      )}
    </span>
  );
}
