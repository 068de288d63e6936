import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completeDefinition } from './completeDefinition';

/**
 * The JSON mode. The editor stands in a shadow root, because there its styles are style sheets made
 * by script, which the server's content security policy allows, and not style elements.
 */
export default function JsonEditor(props: { text: string; onChange: (text: string) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  const start = useRef(props.text);

  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: start.current,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          syntaxHighlighting(defaultHighlightStyle),
          json(),
          linter(jsonParseLinter()),
          autocompletion({ override: [completeDefinition] }),
          keymap.of([...completionKeymap, ...historyKeymap, ...searchKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Definition as JSON' }),
          EditorView.theme({
            '&': { fontSize: '0.875rem' },
            '.cm-content': { fontFamily: 'var(--pf-t--global--font--family--mono)' },
            '.cm-gutters': {
              background: 'transparent',
              color: 'inherit',
              border: 'none',
              opacity: 0.6,
            },
            '&.cm-focused': { outline: 'none' },
            '.cm-cursor': { borderLeftColor: 'currentColor' },
            '.cm-tooltip': { color: '#151515' },
          }),
          EditorView.updateListener.of((change) => {
            if (change.docChanged) onChange.current(change.state.doc.toString());
          }),
        ],
      }),
    });
    return () => view.destroy();
  }, []);

  return <div ref={place} className="hp-json" />;
}
