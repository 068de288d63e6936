import { FormGroup, TextInput } from '@patternfly/react-core';

/** Asks for a name to be typed, where data would be destroyed. */
export function TypedName(props: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormGroup
      fieldId="typed-name"
      label={
        <>
          This cannot be undone. Type <code>{props.name}</code> to confirm
        </>
      }
    >
      <TextInput
        id="typed-name"
        value={props.value}
        onChange={(_event, value) => props.onChange(value)}
        autoComplete="off"
        spellCheck={false}
      />
    </FormGroup>
  );
}
