import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { KeyReader } from './keys';

const KeyHelp = lazy(() => import('./KeyHelp'));

/** Listens for the keys that work on every page, and shows what they are. */
export function Keyboard() {
  const [isHelping, setHelping] = useState(false);
  const reader = useRef(new KeyReader());
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const action = reader.current.read(event.key, event.timeStamp);
      if (!action) return;
      event.preventDefault();
      if (action.kind === 'go') void navigate(action.to);
      else if (action.kind === 'help') setHelping(true);
      else
        document
          .querySelector<HTMLInputElement>(
            'main input[type=search], main .pf-v6-c-text-input-group input',
          )
          ?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
  return isHelping ? (
    <Suspense fallback={null}>
      <KeyHelp onClose={() => setHelping(false)} />
    </Suspense>
  ) : null;
}

/** Whether a key belongs to a field, an editor, a menu or a dialog. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role=dialog], [role=menu], [role=listbox]') !==
        null)
  );
}
