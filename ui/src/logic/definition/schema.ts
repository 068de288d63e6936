/**
 * The fields of an app definition, for completion and help. They are made from the server's
 * description of its API by `npm run types`.
 */
import appSchema from '../../api/appSchema.json';

export type FieldSchema = {
  type: string;
  help: string;
  choices?: readonly string[];
  fields?: Readonly<Record<string, FieldSchema>>;
  items?: FieldSchema;
};

/** The schema of a place, as far as it is known; steps into arrays are numbers. */
export function schemaAt(place: readonly (string | number)[]): FieldSchema | undefined {
  let schema: FieldSchema | undefined = appSchema as FieldSchema;
  for (const step of place) {
    schema = typeof step === 'number' ? schema?.items : schema?.fields?.[step];
  }
  return schema;
}
