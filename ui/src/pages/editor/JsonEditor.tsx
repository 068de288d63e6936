import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language';
import { type Diagnostic, forceLinting, linter } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Problems } from '../../logic/definition/problems';
import { completeDefinition } from './completeDefinition';
import { doubledNames, problemsInText } from './jsonProblems';
import { jsonTheme } from './jsonTheme';

const EXTENSIONS: Extension = [
  lineNumbers(),
  foldGutter(),
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  jsonTheme,
  json(),
  autocompletion({ override: [completeDefinition] }),
  keymap.of([...completionKeymap, ...historyKeymap, ...searchKeymap, ...defaultKeymap]),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': 'Definition as JSON' }),
];

const parseProblems = jsonParseLinter();

/**
 * The JSON mode. The editor stands in a shadow root, because there its styles are style sheets made
 * by script, which the server's content security policy allows, and not style elements.
 */
export default function JsonEditor(props: {
  text: string;
  problems: Problems;
  onChange: (text: string) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const lint = (view: EditorView): readonly Diagnostic[] => {
      const unreadable = parseProblems(view);
      return unreadable.length > 0
        ? unreadable
        : [...doubledNames(view.state), ...problemsInText(view.state, latest.current.problems)];
    };
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          EXTENSIONS,
          linter(lint, { delay: 300, needsRefresh: () => true }),
          EditorView.updateListener.of((change) => {
            if (change.docChanged) latest.current.onChange(change.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    if (editor.current) forceLinting(editor.current);
  }, [props.problems]);

  return <div ref={place} className="hp-json" />;
}
