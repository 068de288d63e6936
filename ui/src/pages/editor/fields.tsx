/** Form fields, each of which shows and changes one place of the definition. */
import {
  Button,
  Checkbox,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon';
import PlusCircleIcon from '@patternfly/react-icons/dist/esm/icons/plus-circle-icon';
import { createContext, type ReactNode, useContext, useState } from 'react';
import {
  isObject,
  type Json,
  type JsonObject,
  type Place,
  valueAt,
  withValue,
} from '../../logic/definition/document';
import { messagesBelow, pathOf, type Problems } from '../../logic/definition/problems';
import { schemaAt } from '../../logic/definition/schema';

export type FormState = {
  document: Json;
  problems: Problems;
  onChange: (document: Json) => void;
  onTouched: (path: string) => void;
};

export const FormContext = createContext<FormState | null>(null);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === null) throw new Error('no form around this field');
  return form;
}

type FieldProps = {
  place: Place;
  label: string;
  isRequired?: boolean;
  /** Why it cannot be changed, if so. */
  locked?: string | undefined;
  placeholder?: string;
};

function useField(place: Place) {
  const form = useForm();
  const path = pathOf(place);
  return {
    id: `field-${path.replace(/[^A-Za-z0-9]+/g, '-')}`,
    value: valueAt(form.document, place),
    problems: form.problems.get(path) ?? [],
    help: schemaAt(place)?.help,
    choices: schemaAt(place)?.choices ?? [],
    touch: () => form.onTouched(path),
    set: (value: Json | undefined) => {
      form.onTouched(path);
      form.onChange(withValue(form.document, place, value));
    },
  };
}

function Around(props: {
  field: ReturnType<typeof useField>;
  label: string;
  isRequired?: boolean | undefined;
  locked?: string | undefined;
  children: ReactNode;
}) {
  const { field } = props;
  const isWrong = field.problems.length > 0;
  return (
    <FormGroup label={props.label} fieldId={field.id} isRequired={props.isRequired === true}>
      {props.children}
      <FormHelperText>
        <HelperText id={`${field.id}-help`} isLiveRegion={isWrong}>
          {isWrong ? (
            field.problems.map((problem) => (
              <HelperTextItem key={problem} variant="error">
                {problem}
              </HelperTextItem>
            ))
          ) : (
            <HelperTextItem>{props.locked ?? field.help}</HelperTextItem>
          )}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}

function inputOf(field: ReturnType<typeof useField>, locked: string | undefined) {
  return {
    id: field.id,
    isDisabled: locked !== undefined,
    validated: field.problems.length > 0 ? ('error' as const) : ('default' as const),
    'aria-describedby': `${field.id}-help`,
    onBlur: field.touch,
  };
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function TextField(props: FieldProps & { isLong?: boolean }) {
  const field = useField(props.place);
  const common = {
    ...inputOf(field, props.locked),
    value: textOf(field.value),
    onChange: (_event: unknown, text: string) => field.set(text === '' ? undefined : text),
    ...(props.placeholder ? { placeholder: props.placeholder } : {}),
  };
  return (
    <Around field={field} {...props}>
      {props.isLong ? (
        <TextArea
          {...common}
          resizeOrientation="vertical"
          rows={3}
          spellCheck={false}
          className="hp-mono"
        />
      ) : (
        <TextInput {...common} spellCheck={false} autoComplete="off" />
      )}
    </Around>
  );
}

/** A number; what is no number is kept as it was typed, and marked. */
export function NumberField(props: FieldProps) {
  const field = useField(props.place);
  const [typed, setTyped] = useState<string>();
  const shown = typed !== undefined && numeric(typed) === field.value ? typed : textOf(field.value);
  return (
    <Around field={field} {...props}>
      <TextInput
        {...inputOf(field, props.locked)}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        onChange={(_event, text) => {
          setTyped(text);
          field.set(numeric(text));
        }}
      />
    </Around>
  );
}

function numeric(text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : text;
}

export function ChoiceField(
  props: FieldProps & {
    absent?: string;
    choices?: readonly string[];
    /** What goes away with the choice; without it, the field alone. */
    clears?: Place;
  },
) {
  const field = useField(props.place);
  const form = useForm();
  const clear = () =>
    props.clears
      ? form.onChange(withValue(form.document, props.clears, undefined))
      : field.set(undefined);
  const choices = props.choices ?? field.choices;
  const value = textOf(field.value);
  const known = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <Around field={field} {...props}>
      <FormSelect
        {...inputOf(field, props.locked)}
        value={value}
        onChange={(_event, choice) => (choice === '' ? clear() : field.set(choice))}
      >
        <FormSelectOption value="" label={props.absent ?? 'Default'} />
        {known.map((choice) => (
          <FormSelectOption key={choice} value={choice} label={choice} />
        ))}
      </FormSelect>
    </Around>
  );
}

export function FlagField(props: FieldProps) {
  const field = useField(props.place);
  return (
    <Checkbox
      id={field.id}
      label={props.label}
      description={field.help}
      isChecked={field.value === true}
      isDisabled={props.locked !== undefined}
      onChange={(_event, checked) => field.set(checked ? true : undefined)}
    />
  );
}

/**
 * A place whose value is written as JSON on one line, such as constraints. What is no JSON is kept
 * as it was typed, and marked, so that it is not left out without a word.
 */
export function JsonField(props: FieldProps & { example: string }) {
  const field = useField(props.place);
  const form = useForm();
  const [typed, setTyped] = useState<string>();
  const value = typeof field.value === 'object' ? JSON.stringify(field.value) : textOf(field.value);
  const isBroken = typeof field.value === 'string';
  const problems = isBroken
    ? [`Expected JSON, such as ${props.example}`]
    : messagesBelow(form.problems, props.place);
  return (
    <Around field={{ ...field, problems }} {...props}>
      <TextInput
        {...inputOf(field, props.locked)}
        className="hp-mono"
        spellCheck={false}
        placeholder={props.example}
        value={typed ?? value}
        onBlur={() => {
          field.touch();
          if (!isBroken) setTyped(undefined);
        }}
        onChange={(_event, text) => {
          setTyped(text);
          field.set(text.trim() === '' ? undefined : (read(text) ?? text));
        }}
      />
    </Around>
  );
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Names and values, such as environment variables; a value that is no text is shown as JSON. */
export function MapField({
  place,
  label,
  itemName,
}: {
  place: Place;
  label: string;
  itemName: string;
}) {
  const form = useForm();
  const value = valueAt(form.document, place);
  const entries = isObject(value) ? Object.entries(value) : [];
  const set = (changed: [string, Json][]) =>
    form.onChange(
      withValue(
        form.document,
        place,
        changed.length === 0 ? undefined : (Object.fromEntries(changed) as JsonObject),
      ),
    );
  return (
    <div role="group" aria-label={label} className="hp-map">
      {entries.map(([name, one], index) => (
        <div key={index} className="hp-map-row">
          <TextInput
            aria-label={`Name of ${itemName} ${index + 1}`}
            placeholder="Name"
            value={name}
            spellCheck={false}
            onChange={(_event, changed) => {
              if (entries.some(([other], at) => other === changed && at !== index)) return;
              set(entries.map((entry, at) => (at === index ? [changed, one] : entry)));
            }}
          />
          <TextInput
            aria-label={`Value of ${itemName} ${index + 1}`}
            placeholder="Value"
            value={textOf(one)}
            readOnlyVariant={typeof one === 'string' ? undefined : 'plain'}
            spellCheck={false}
            onChange={(_event, changed) =>
              set(entries.map((entry, at) => (at === index ? [name, changed] : entry)))
            }
          />
          <Button
            variant="plain"
            aria-label={`Remove ${itemName} ${index + 1}`}
            icon={<MinusCircleIcon />}
            onClick={() => set(entries.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        variant="link"
        isInline
        icon={<PlusCircleIcon />}
        isDisabled={entries.some(([name]) => name === '')}
        onClick={() => set([...entries, ['', '']])}
      >
        Add {itemName}
      </Button>
      {messagesBelow(form.problems, place).map((problem) => (
        <HelperText key={problem}>
          <HelperTextItem variant="error">{problem}</HelperTextItem>
        </HelperText>
      ))}
    </div>
  );
}
