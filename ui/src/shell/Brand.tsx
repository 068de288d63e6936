/** The name and its sign: an anchor, because tasks come home. */
export function Brand() {
  return (
    <span className="hp-brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="7" className="hp-brand-back" />
        <path
          className="hp-brand-anchor"
          d="M16 10.6v14.4M11 14.500h10M6.500 17.500c0 4.700 4 7.800 9.500 7.800s9.500-3.100 9.500-7.800"
        />
        <circle className="hp-brand-anchor" cx="16" cy="8.200" r="2.400" />
      </svg>
      <span className="hp-brand-name">Homeport</span>
    </span>
  );
}
