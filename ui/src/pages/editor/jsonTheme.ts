/** The colours of the JSON mode: the page's own, so that light and dark follow it. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--hp-json-name)' },
  { tag: tags.string, color: 'var(--hp-json-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--hp-json-value)' },
  { tag: tags.invalid, textDecoration: 'underline wavy' },
]);

const theme = EditorView.theme({
  '&': { fontSize: '0.875rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--pf-t--global--font--family--mono)' },
  '.cm-gutters': {
    background: 'transparent',
    color: 'var(--pf-t--global--text--color--subtle)',
    border: 'none',
  },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'currentColor' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { background: 'var(--hp-json-selection)' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--hp-json-selection)' },
  '.cm-foldPlaceholder': { background: 'transparent', color: 'inherit' },
  '.cm-tooltip, .cm-panels': {
    color: 'var(--pf-t--global--text--color--regular)',
    background: 'var(--pf-t--global--background--color--floating--default)',
    borderColor: 'var(--pf-t--global--border--color--default)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--pf-t--global--text--color--regular)',
    background: 'var(--hp-json-selection)',
  },
  '.cm-completionInfo': { maxWidth: '22rem', padding: '0.5rem' },
});

export const jsonTheme: Extension = [theme, syntaxHighlighting(colours)];
