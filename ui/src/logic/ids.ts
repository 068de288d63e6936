/** Short forms of ids; the whole ones are shown on hover and in details. */

/** `instance-mjls-2` of `sesame_samson.instance-mjls-2._app.1`, or the id itself. */
export function shortInstance(id: string): string {
  return /\.((?:instance|marathon)-[^.]+)/.exec(id)?.[1] ?? id;
}

/** How many times an instance was launched: the number at the end of a task's id. */
export function incarnation(taskId: string): number | undefined {
  const found = /\.(\d+)$/.exec(taskId);
  return found ? Number(found[1]) : undefined;
}
