/** Links to the things of the API, named as people know them. */
import { Fragment } from 'react';
import { Link } from 'react-router';
import { links } from '../logic/links';

export function AppLink({ id }: { id: string }) {
  return (
    <Link to={links.app(id)} className="hp-id">
      {id}
    </Link>
  );
}

export function AgentLink({ id, host }: { id: string; host?: string | undefined }) {
  return (
    <Link to={links.agent(id)} title={id} className="hp-nowrap">
      {host ?? id}
    </Link>
  );
}

/** Its parts are boxes, so that lines break between them; its name stays one word all the same. */
export function VolumeLink({ id }: { id: string }) {
  return (
    <Link to={links.volume(id)} className="hp-volume" aria-label={id}>
      {id.split('#').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          <span>{index > 0 ? `#${part}` : part}</span>
        </Fragment>
      ))}
    </Link>
  );
}
