import { Alert, Button, PageSection, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { ApiError } from '../../api/http';
import { appQuery } from '../../api/queries';
import { Loaded, Loading } from '../../components/Loaded';
import { PageHeader } from '../../components/PageHeader';
import { PlannedChangeDialog } from '../../components/plan/PlannedChangeDialog';
import { usePlan } from '../../components/plan/usePlan';
import { definitionOf, format, type JsonObject, parse } from '../../logic/definition/document';
import { BLANK } from '../../logic/definition/examples';
import { check, fromServer, merge, NO_PROBLEMS } from '../../logic/definition/problems';
import { links } from '../../logic/links';
import { create, type PlannedChange, update } from '../../logic/plannedChange';
import { DefinitionForm } from './DefinitionForm';
import { ProblemList } from './ProblemList';

const JsonEditor = lazy(() => import('./JsonEditor'));

/** Creates an app, or changes one. */
export default function EditorPage() {
  const path = useParams()['*'];
  return path === undefined ? <Creation /> : <Change id={`/${path}`} />;
}

function Creation() {
  const given = useLocation().state as { definition?: JsonObject; folder?: string } | null;
  const start = given?.definition ?? { ...BLANK, id: given?.folder ? `${given.folder}/` : '' };
  return <Editor title="Create application" start={start} change={create} isNew />;
}

function Change({ id }: { id: string }) {
  const app = useQuery(appQuery(id));
  // The editor keeps the version that it started from: the server refuses what is based on less.
  const [basis, setBasis] = useState<{
    definition: JsonObject;
    version: string;
    stateful: boolean;
  }>();
  if (app.data && !basis) {
    setBasis({
      definition: definitionOf(app.data),
      version: app.data.version,
      stateful: app.data.homeport.stateful,
    });
  }
  const title = `Edit ${id}`;
  if (!basis) {
    return (
      <>
        <PageHeader title={title} />
        <Loaded query={app} missing={`The application ${id}`}>
          {() => <Loading />}
        </Loaded>
      </>
    );
  }
  const hasMovedOn = app.data !== undefined && app.data.version !== basis.version;
  return (
    <Editor
      key={basis.version}
      title={title}
      start={basis.definition}
      change={(definition) => update(id, definition, basis.version)}
      isNew={false}
      isStateful={basis.stateful}
      notice={
        hasMovedOn && (
          <Alert
            variant="warning"
            isInline
            title="The app was changed by someone else since this editor was opened"
            actionLinks={
              <Button variant="link" isInline onClick={() => setBasis(undefined)}>
                Load the new version and drop what is changed here
              </Button>
            }
          />
        )
      }
    />
  );
}

type Mode = 'form' | 'json';

function Editor(props: {
  title: string;
  start: JsonObject;
  change: (definition: JsonObject) => PlannedChange;
  isNew: boolean;
  isStateful?: boolean;
  notice?: React.ReactNode;
}) {
  const [document, setDocument] = useState(props.start);
  const [text, setText] = useState(() => format(props.start));
  const [mode, setMode] = useState<Mode>('form');
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<JsonObject>();
  const [isReviewing, setReviewing] = useState(false);
  const navigate = useNavigate();

  const parsed = useMemo(() => parse(text), [text]);
  const isReadable = mode === 'form' || 'document' in parsed;
  const current = mode === 'json' && 'document' in parsed ? parsed.document : document;
  const change = props.change(asked ?? current);
  const plan = usePlan(change, asked !== undefined);
  const refused =
    asked === current && plan.error instanceof ApiError && !plan.isFetching
      ? plan.error
      : undefined;
  const rules = useMemo(() => check(current), [current]);
  const shownRules = useMemo(
    () => (asked ? rules : new Map([...rules].filter(([path]) => touched.has(path)))),
    [rules, touched, asked],
  );
  const problems = useMemo(
    () => merge(shownRules, refused ? fromServer(refused.details) : NO_PROBLEMS),
    [shownRules, refused],
  );
  if (isReviewing && refused) setReviewing(false);

  const show = (next: Mode) => {
    if (next === 'json') setText(format(document));
    else if ('document' in parsed) setDocument(parsed.document);
    setMode(next);
  };
  const review = () => {
    if (mode === 'json' && 'document' in parsed) setDocument(parsed.document);
    const same = asked === current;
    setAsked(current);
    if (same) void plan.refetch();
    setReviewing(true);
  };
  const target = String(current['id'] ?? '');
  return (
    <>
      <PageHeader
        title={props.title}
        crumbs={[{ text: 'Applications', to: links.applications }]}
        actions={
          <ToggleGroup aria-label="View">
            <ToggleGroupItem
              text="Form"
              isSelected={mode === 'form'}
              isDisabled={!isReadable}
              onChange={() => show('form')}
            />
            <ToggleGroupItem
              text="JSON"
              isSelected={mode === 'json'}
              onChange={() => show('json')}
            />
          </ToggleGroup>
        }
      />
      <PageSection hasBodyWrapper={false}>
        <div className="hp-stack">
          {props.notice}
          {refused && <ProblemList error={refused} />}
          {mode === 'form' ? (
            <DefinitionForm
              document={document}
              problems={problems}
              isNew={props.isNew}
              isStateful={props.isStateful === true}
              onChange={(next) => setDocument(next as JsonObject)}
              onTouched={(path) => setTouched((before) => new Set(before).add(path))}
            />
          ) : (
            <Suspense fallback={<Loading />}>
              <JsonEditor text={text} problems={problems} onChange={setText} />
              {'problem' in parsed && (
                <Alert variant="danger" isInline isPlain title={parsed.problem} />
              )}
            </Suspense>
          )}
        </div>
      </PageSection>
      <PageSection hasBodyWrapper={false} stickyOnBreakpoint={{ default: 'bottom' }}>
        <div className="hp-buttons">
          <Button
            isDisabled={!isReadable}
            isLoading={isReviewing && plan.isFetching}
            onClick={review}
          >
            Review the plan
          </Button>
          <Button
            variant="link"
            onClick={() => void navigate(props.isNew ? links.applications : links.app(target))}
          >
            Cancel
          </Button>
        </div>
      </PageSection>
      {isReviewing && plan.data && asked === current && (
        <PlannedChangeDialog
          change={change}
          onClose={() => setReviewing(false)}
          onApplied={() => void navigate(links.app(target.startsWith('/') ? target : `/${target}`))}
        />
      )}
    </>
  );
}
