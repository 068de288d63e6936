import { Banner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { infoQuery } from '../api/queries';
import { Sentence } from '../components/Sentence';
import { links } from '../logic/links';

/** What concerns every page: a server that only reads, an engine that is away, warnings. */
export function WarningsBanner() {
  const info = useQuery(infoQuery).data?.homeport;
  if (!info) return null;
  const texts = [
    ...(info.readOnly ? [`The server changes nothing now: ${info.readOnly}`] : []),
    ...(info.connected ? [] : [`The server is not connected to its engine (${info.engine}).`]),
    ...info.warnings,
  ];
  if (texts.length === 0) return null;
  return (
    <Banner color={info.readOnly ? 'red' : 'yellow'} screenReaderText="Warning">
      <div className="hp-banner">
        <span>
          <Sentence text={texts[0] ?? ''} />
        </span>
        {texts.length > 1 && <Link to={links.about}>and {texts.length - 1} more</Link>}
      </div>
    </Banner>
  );
}
