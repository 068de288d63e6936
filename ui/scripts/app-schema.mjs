// Writes what the editor needs to know of app definitions (types, choices, help) to
// src/api/appSchema.json, from the server's description of its API.
import { readFileSync, writeFileSync } from 'node:fs';

const [source, target] = process.argv.slice(2);
const { schemas } = JSON.parse(readFileSync(source, 'utf8')).components;

/** @returns {object} the schema of a field, with everything that it refers to put in */
function field(schema) {
  const named = schema.$ref ? schemas[schema.$ref.split('/').pop()] : {};
  // Of alternatives the one with fields is the one to complete.
  const chosen = schema.oneOf?.find((one) => one.properties) ?? {};
  const {
    type,
    description,
    enum: choices,
    properties,
    items,
  } = { ...named, ...chosen, ...schema };
  return {
    type: type === 'integer' ? 'number' : (type ?? chosen.type),
    help: description ?? '',
    ...(choices ? { choices } : {}),
    ...(properties
      ? {
          fields: Object.fromEntries(
            Object.entries(properties).map(([name, one]) => [name, field(one)]),
          ),
        }
      : {}),
    ...(items ? { items: field(items) } : {}),
  };
}

writeFileSync(target, JSON.stringify(field({ $ref: '#/components/schemas/AppFields' })));
