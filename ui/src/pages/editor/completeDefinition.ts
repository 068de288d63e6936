/** Completion for the JSON mode, from the schema of app definitions. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { type FieldSchema, schemaAt } from '../../logic/definition/schema';

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

export function completeDefinition(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/"?[\w]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  const property = enclosing(node, 'Property');
  const inValue =
    property !== undefined &&
    /:\s*"?[\w]*$/.test(context.state.sliceDoc(property.from, context.pos));
  const place = placeOf(context.state, node, inValue);
  const schema = schemaAt(place);
  const options = inValue ? values(schema) : names(schema);
  if (options.length === 0) return null;
  const closes = context.state.sliceDoc(context.pos, context.pos + 1) === '"';
  return { from: word.from, to: context.pos + (closes ? 1 : 0), options, validFor: /^"?\w*"?$/ };
}

function names(schema: FieldSchema | undefined): Completion[] {
  return Object.entries(schema?.fields ?? {}).map(([name, field]) => ({
    label: `"${name}"`,
    apply: `"${name}": `,
    type: 'property',
    detail: field.type,
    info: field.help,
  }));
}

function values(schema: FieldSchema | undefined): Completion[] {
  if (schema?.type === 'boolean') {
    return ['true', 'false'].map((label) => ({ label, type: 'constant' }));
  }
  return (schema?.choices ?? []).map((choice) => ({ label: `"${choice}"`, type: 'enum' }));
}

function enclosing(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === name) return at;
    if (at.name === 'Object' || at.name === 'Array') return undefined;
  }
  return undefined;
}

/** The steps from the root to where the cursor is. */
function placeOf(state: EditorState, node: SyntaxNode, inValue: boolean): (string | number)[] {
  const place: (string | number)[] = [];
  let isInnermost = true;
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'Property') {
      // The property whose name is being typed is no step of the way.
      if (!isInnermost || inValue) place.unshift(nameOf(state, at));
      isInnermost = false;
    } else if (at.name === 'Array') {
      place.unshift(0);
      isInnermost = false;
    } else if (at.name === 'Object') {
      isInnermost = false;
    }
  }
  return place;
}

function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName');
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : '';
}
