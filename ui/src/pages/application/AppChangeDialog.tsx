import { PlannedChangeDialog } from '../../components/plan/PlannedChangeDialog';
import { ScaleDialog } from '../../components/plan/ScaleDialog';
import { destroy, type PlannedChange, restart, suspend } from '../../logic/plannedChange';

/** A change of an app that the user has asked for and not yet confirmed. */
export type OpenChange = {
  kind: 'scale' | 'restart' | 'suspend' | 'destroy';
  appId: string;
  instances: number;
};

const CHANGES: Record<Exclude<OpenChange['kind'], 'scale'>, (appId: string) => PlannedChange> = {
  restart,
  suspend,
  destroy,
};

export default function AppChangeDialog(props: {
  open: OpenChange;
  onClose: () => void;
  onApplied?: () => void;
}) {
  const { kind, appId, instances } = props.open;
  if (kind === 'scale') {
    return <ScaleDialog appId={appId} instances={instances} onClose={props.onClose} />;
  }
  return (
    <PlannedChangeDialog
      change={CHANGES[kind](appId)}
      onClose={props.onClose}
      {...(props.onApplied ? { onApplied: props.onApplied } : {})}
    />
  );
}
