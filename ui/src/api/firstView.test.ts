import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { askEarly } from './firstView';

function asked(address: string) {
  const queries = new QueryClient();
  askEarly(queries, address);
  return queries
    .getQueryCache()
    .getAll()
    .map(({ queryKey }) => queryKey);
}

it('asks for the list, or for one app, as their pages do', () => {
  expect(asked('/')).toEqual([['apps']]);
  expect(asked('/apps/shop/data%20base')).toEqual([
    ['app', '/shop/data base'],
    ['explanation', '/shop/data base'],
  ]);
});

it('asks for nothing that the page may not show', () => {
  expect(asked('/login')).toEqual([]);
  expect(asked('/volumes')).toEqual([]);
  expect(asked('/apps/%zz')).toEqual([]);
});
