import {
  Button,
  FormGroup,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon';
import PlusCircleIcon from '@patternfly/react-icons/dist/esm/icons/plus-circle-icon';
import { asConstraints, OPERATORS } from '../../logic/definition/constraints';
import {
  itemsAt,
  type Json,
  valueAt,
  withItem,
  withoutItem,
  withValue,
} from '../../logic/definition/document';
import { messagesBelow } from '../../logic/definition/problems';
import { schemaAt } from '../../logic/definition/schema';
import { JsonField, useForm } from './fields';

const PLACE = ['constraints'];

/** Where instances may run: rows of field, operator and value. */
export function Constraints() {
  const form = useForm();
  const rows = asConstraints(valueAt(form.document, PLACE));
  if (rows === undefined) {
    return <JsonField place={PLACE} label="Constraints" example='[["hostname", "UNIQUE"]]' />;
  }
  const set = (index: number, at: number, text: string) => {
    const row: Json[] = [...(itemsAt(form.document, PLACE)[index] as Json[])];
    row[at] = text;
    if (row.length === 3 && row[2] === '') row.pop();
    form.onTouched('/constraints');
    form.onChange(withValue(form.document, [...PLACE, index], row));
  };
  return (
    <FormGroup label="Constraints" role="group" fieldId="constraints">
      <div className="hp-map">
        {rows.map(([field, operator, value], index) => (
          <div key={index} className="hp-map-row">
            <TextInput
              aria-label={`Field of constraint ${index + 1}`}
              placeholder="hostname"
              value={field}
              spellCheck={false}
              onChange={(_event, text) => set(index, 0, text)}
            />
            <FormSelect
              aria-label={`Operator of constraint ${index + 1}`}
              value={operator}
              onChange={(_event, text) => set(index, 1, text)}
            >
              {(OPERATORS.includes(operator) ? OPERATORS : [operator, ...OPERATORS]).map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
            <TextInput
              aria-label={`Value of constraint ${index + 1}`}
              placeholder="Value"
              value={value ?? ''}
              spellCheck={false}
              onChange={(_event, text) => set(index, 2, text)}
            />
            <Button
              variant="plain"
              aria-label={`Remove constraint ${index + 1}`}
              icon={<MinusCircleIcon />}
              onClick={() => form.onChange(withoutItem(form.document, PLACE, index))}
            />
          </div>
        ))}
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => form.onChange(withItem(form.document, PLACE, ['hostname', 'UNIQUE']))}
        >
          Add constraint
        </Button>
        {messagesBelow(form.problems, PLACE).map((problem) => (
          <HelperText key={problem}>
            <HelperTextItem variant="error">{problem}</HelperTextItem>
          </HelperText>
        ))}
        {rows.length === 0 && (
          <HelperText>
            <HelperTextItem>{schemaAt(PLACE)?.help}</HelperTextItem>
          </HelperText>
        )}
      </div>
    </FormGroup>
  );
}
