import { formatBytes, formatMib, formatPercent, usedShare } from '../logic/sizes';

/** How full a volume is: a bar, and the same in words. */
export function VolumeUsage({ usedBytes, size }: { usedBytes: number | null; size: number }) {
  const share = usedShare(usedBytes, size);
  const words =
    usedBytes === null
      ? `${formatMib(size)}, use unknown`
      : `${formatBytes(usedBytes)} of ${formatMib(size)}`;
  return (
    <div className="hp-usage">
      <Bar share={share ?? 0} label={words} />
      <span className="hp-usage-words hp-quiet">
        {usedBytes === null ? `of ${formatMib(size)}` : `${words}`}
      </span>
    </div>
  );
}

export function barTone(share: number): 'ok' | 'warn' | 'full' {
  return share >= 1 ? 'full' : share >= 0.85 ? 'warn' : 'ok';
}

export function Bar({ share, label }: { share: number; label: string }) {
  const shown = Math.min(1, Math.max(0, share));
  return (
    <div
      className="hp-bar"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shown * 100)}
      aria-valuetext={`${label} (${formatPercent(share)})`}
      title={`${label} (${formatPercent(share)})`}
    >
      <div
        className={`hp-bar-used hp-bar-${barTone(share)}`}
        style={{ width: `${shown * 100}%` }}
      />
    </div>
  );
}

/** A capacity: what is reserved of it, and within that what live tasks use. */
export function CapacityBar(props: {
  name: string;
  total: number;
  reserved: number;
  used: number;
  format: (value: number) => string;
}) {
  const { name, total, reserved, used, format } = props;
  const percent = (value: number) => (total <= 0 ? 0 : Math.min(100, (value / total) * 100));
  const taken = Math.max(reserved, used);
  const words = `${name}: ${format(used)} used by tasks, ${format(reserved)} reserved, ${format(total)} in all`;
  return (
    <div className="hp-usage" title={words}>
      <div
        className="hp-bar"
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent(taken))}
        aria-valuetext={words}
      >
        <div className="hp-bar-reserved" style={{ width: `${percent(taken)}%` }} />
        <div className="hp-bar-used hp-bar-over hp-bar-ok" style={{ width: `${percent(used)}%` }} />
      </div>
      <span className="hp-usage-words hp-quiet">
        {format(taken)} / {format(total)}
      </span>
    </div>
  );
}
