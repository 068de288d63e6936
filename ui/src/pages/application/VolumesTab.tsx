import { useQuery } from '@tanstack/react-query';
import { appVolumesQuery } from '../../api/queries';
import type { App } from '../../api/types';
import { Loaded, Nothing } from '../../components/Loaded';
import { VolumeTable } from '../volumes/VolumeTable';

/** The volumes of one app, attached or not. */
export default function VolumesTab({ app }: { app: App }) {
  const volumes = useQuery(appVolumesQuery(app.id));
  return (
    <Loaded query={volumes}>
      {(all) =>
        all.length === 0 ? (
          <Nothing title="No volumes">
            {app.homeport.stateful
              ? 'They are made when the first instance is launched.'
              : 'The data of this app ends with its tasks. An app that keeps data has volumes in its definition from the start.'}
          </Nothing>
        ) : (
          <VolumeTable volumes={all} label={`Volumes of ${app.id}`} showsApp={false} />
        )
      }
    </Loaded>
  );
}
