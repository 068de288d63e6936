import {
  Button,
  FormSelect,
  FormSelectOption,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { versionQuery, versionsQuery } from '../../api/queries';
import type { App } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import { PlannedChangeDialog } from '../../components/plan/PlannedChangeDialog';
import { definitionOf, format } from '../../logic/definition/document';
import { type DiffRow, sideBySide } from '../../logic/diff';
import { rollBack } from '../../logic/plannedChange';
import { formatExact } from '../../logic/times';

/** The definition, its earlier versions, and what differs between them. */
export default function ConfigurationTab({ app }: { app: App }) {
  const versions = useQuery(versionsQuery(app.id));
  const [parameters, setParameters] = useSearchParams();
  const chosen = parameters.get('version') ?? app.version;
  const setChosen = (version: string) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      if (version === app.version) next.delete('version');
      else next.set('version', version);
      return next;
    });
  const [isRollingBack, setRollingBack] = useState(false);
  const isCurrent = chosen === app.version;
  const other = useQuery({ ...versionQuery(app.id, chosen), enabled: !isCurrent });
  const current = format(definitionOf(app));
  return (
    <>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <FormSelect
              className="hp-version"
              aria-label="Version"
              value={chosen}
              onChange={(_event, version) => setChosen(version)}
            >
              {[...new Set([app.version, ...(versions.data ?? []), chosen])].map((version) => (
                <FormSelectOption
                  key={version}
                  value={version}
                  label={`${formatExact(new Date(version))}${version === app.version ? ' (current)' : ''}`}
                />
              ))}
            </FormSelect>
          </ToolbarItem>
          {!isCurrent && (
            <ToolbarItem>
              <Button variant="secondary" onClick={() => setRollingBack(true)}>
                Roll back to this version
              </Button>
            </ToolbarItem>
          )}
        </ToolbarContent>
      </Toolbar>
      {isCurrent ? (
        <pre className="hp-code" tabIndex={0} aria-label="Definition">
          {current}
        </pre>
      ) : (
        <Loaded query={other} missing="This version">
          {(definition) => (
            <Differences rows={sideBySide(format(definitionOf(definition)), current)} />
          )}
        </Loaded>
      )}
      {isRollingBack && (
        <PlannedChangeDialog
          change={rollBack(app.id, chosen)}
          onClose={() => setRollingBack(false)}
          onApplied={() => setChosen(app.version)}
        />
      )}
    </>
  );
}

function Differences({ rows }: { rows: DiffRow[] }) {
  const changed = rows.filter((row) => row.kind !== 'same').length;
  return (
    <div className="hp-scroll-x" tabIndex={0} role="group" aria-label="Differences">
      <table className="hp-diff">
        <caption className="hp-quiet">
          {changed === 0 ? 'The two versions are the same.' : `${changed} lines differ.`}
        </caption>
        <thead>
          <tr>
            <th colSpan={2}>Chosen version</th>
            <th colSpan={2}>Current version</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className={`hp-diff-${row.kind}`}>
              <td className="hp-diff-line">{row.beforeLine}</td>
              <td className={row.kind === 'same' ? '' : 'hp-diff-before'}>{row.before}</td>
              <td className="hp-diff-line">{row.afterLine}</td>
              <td className={row.kind === 'same' ? '' : 'hp-diff-after'}>{row.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
