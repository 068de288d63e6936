import { describe, expect, it } from 'vitest';
import { createdApps } from './deployments';

const step = (action: 'StartApplication' | 'ScaleApplication', app: string) => ({
  actions: [{ action, app }],
});

describe('deployments', () => {
  it('know the apps that they created, which rolling back deletes', () => {
    const steps = [step('StartApplication', '/a'), step('ScaleApplication', '/a')];
    expect(createdApps({ steps })).toEqual(['/a']);
    expect(createdApps({ steps: [step('ScaleApplication', '/a')] })).toEqual([]);
  });
});
