/** Marks in the text of the JSON mode what is wrong with a definition, at the place it is about. */
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import type { Problems } from '../../logic/definition/problems';

/** Definitions are small; this is reached only where the machine is very busy. */
const PARSE_MS = 1_000;

type SyntaxNode = ReturnType<typeof syntaxTree>['topNode'];

export function problemsInText(state: EditorState, problems: Problems): Diagnostic[] {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MS) ?? syntaxTree(state);
  const top = tree.topNode.firstChild;
  if (top === null || top.type.isError) return [];
  return [...problems].flatMap(([path, messages]) => {
    const node = nodeAt(state, top, path);
    return messages.map((message) => ({
      from: node.from,
      // What is missing is marked at the brace of what it is missing from.
      to: node.name === 'Object' || node.name === 'Array' ? node.from + 1 : node.to,
      severity: 'error' as const,
      message,
    }));
  });
}

/** Names that an object has twice: only the last one would be sent. */
export function doubledNames(state: EditorState): Diagnostic[] {
  const doubled: Diagnostic[] = [];
  syntaxTree(state).iterate({
    enter: ({ node }) => {
      if (node.name !== 'Object') return;
      const seen = new Set<string>();
      for (const property of node.getChildren('Property')) {
        const key = property.getChild('PropertyName');
        if (!key) continue;
        const name = state.sliceDoc(key.from, key.to);
        if (seen.has(name)) {
          const message = `${name} is here twice; only the last one counts.`;
          doubled.push({ from: key.from, to: key.to, severity: 'warning', message });
        }
        seen.add(name);
      }
    },
  });
  return doubled;
}

/** The node of a path such as `/container/volumes(0)/mode`, or the last one on the way to it. */
function nodeAt(state: EditorState, top: SyntaxNode, path: string): SyntaxNode {
  let node = top;
  for (const step of path.match(/\/[^/(]+|\(\d+\)/g) ?? []) {
    const next = step.startsWith('(')
      ? valuesOf(node)[Number(step.slice(1, -1))]
      : fieldOf(state, node, step.slice(1));
    if (!next) return node;
    node = next;
  }
  return node;
}

function valuesOf(array: SyntaxNode): SyntaxNode[] {
  const values: SyntaxNode[] = [];
  for (let at = array.firstChild; at !== null; at = at.nextSibling) {
    if (!['[', ']', ',', '⚠'].includes(at.name)) values.push(at);
  }
  return values;
}

function fieldOf(state: EditorState, object: SyntaxNode, name: string): SyntaxNode | null {
  for (const property of object.getChildren('Property')) {
    const key = property.getChild('PropertyName');
    if (key && state.sliceDoc(key.from + 1, key.to - 1) === name) return property.lastChild;
  }
  return null;
}
