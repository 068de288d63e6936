import {
  Button,
  Divider,
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { request } from '../../api/http';
import type { App } from '../../api/types';
import { useNotify } from '../../components/notifications';
import { links } from '../../logic/links';
import { parentFolder } from '../../logic/appList';
import AppChangeDialog, { type OpenChange } from './AppChangeDialog';

/** What can be done with an app as a whole. */
export function AppActions({ app }: { app: App }) {
  const [change, setChange] = useState<OpenChange>();
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const ask = (kind: OpenChange['kind']) => {
    setOpen(false);
    setChange({ kind, appId: app.id, instances: app.instances });
  };

  async function resetDelay() {
    setOpen(false);
    try {
      await request('DELETE', `/v2/queue${app.id}/delay`);
      notify({ variant: 'success', title: 'The next launch is not put off any more' });
      void queries.invalidateQueries();
    } catch (failure) {
      notify({ variant: 'danger', title: (failure as Error).message });
    }
  }

  return (
    <>
      <Button variant="primary" onClick={() => ask('scale')}>
        Scale
      </Button>
      <Button variant="secondary" onClick={() => void navigate(links.edit(app.id))}>
        Edit
      </Button>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setOpen}
        popperProps={{ position: 'right' }}
        toggle={(toggle) => (
          <MenuToggle
            ref={toggle}
            variant="plain"
            aria-label="More actions"
            isExpanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            icon={<EllipsisVIcon />}
          />
        )}
      >
        <DropdownList>
          <DropdownItem onClick={() => ask('restart')}>Restart</DropdownItem>
          <DropdownItem isDisabled={app.instances === 0} onClick={() => ask('suspend')}>
            Suspend
          </DropdownItem>
          <DropdownItem
            description="Launch now instead of waiting after failures"
            onClick={() => void resetDelay()}
          >
            Reset delay
          </DropdownItem>
          <Divider component="li" />
          <DropdownItem isDanger onClick={() => ask('destroy')}>
            Delete
          </DropdownItem>
        </DropdownList>
      </Dropdown>
      {change && (
        <AppChangeDialog
          open={change}
          onClose={() => setChange(undefined)}
          onApplied={() => {
            if (change.kind === 'destroy') void navigate(links.folder(parentFolder(app.id)));
          }}
        />
      )}
    </>
  );
}
