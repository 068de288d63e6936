import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { doubledNames, problemsInText } from './jsonProblems';

const TEXT = `{
  "id": "/a",
  "container": { "volumes": [{ "containerPath": "a/b" }, { "mode": "RW" }] }
}`;

function marked(path: string): string {
  const state = EditorState.create({ doc: TEXT, extensions: [json()] });
  const [mark] = problemsInText(state, new Map([[path, ['wrong']]]));
  return state.sliceDoc(mark?.from, mark?.to);
}

describe('problems in the text of a definition', () => {
  it('are marked at the value that they are about', () => {
    expect(marked('/id')).toBe('"/a"');
    expect(marked('/container/volumes(0)/containerPath')).toBe('"a/b"');
  });

  it('are marked at the nearest place that exists', () => {
    const state = EditorState.create({ doc: TEXT, extensions: [json()] });
    const [mark] = problemsInText(
      state,
      new Map([['/container/volumes(1)/containerPath', ['is missing']]]),
    );
    expect(mark).toMatchObject({ from: TEXT.indexOf('{ "mode"'), message: 'is missing' });
  });

  it('are names that stand twice in one object', () => {
    const doc = '{"a": {"b": 1, "c": 2, "b": 3}, "b": 4}';
    const state = EditorState.create({ doc, extensions: [json()] });
    expect(doubledNames(state).map(({ from }) => from)).toEqual([doc.lastIndexOf('"b": 3')]);
  });

  it('are no problem of their own in a text that is none', () => {
    const state = EditorState.create({ doc: '', extensions: [json()] });
    expect(problemsInText(state, new Map([['/id', ['wrong']]]))).toEqual([]);
  });
});
