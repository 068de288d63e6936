import { expect, it } from 'vitest';
import { partsOf } from './sentence';

it('finds times and flags in a sentence', () => {
  expect(partsOf('Away since 2026-11-24T06:48:17.972Z; waited for.')).toEqual([
    { kind: 'text', text: 'Away since ' },
    { kind: 'time', text: '2026-11-24T06:48:17.972Z' },
    { kind: 'text', text: '; waited for.' },
  ]);
  expect(partsOf('Because of --insecure')).toEqual([
    { kind: 'text', text: 'Because of ' },
    { kind: 'flag', text: '--insecure' },
  ]);
  expect(partsOf('On agent-1 - now.')).toEqual([{ kind: 'text', text: 'On agent-1 - now.' }]);
});
