import { useState } from 'react';

const DARK = 'pf-v6-theme-dark';
const KEY = 'homeport-theme';

/** Whether colours are dark; the choice is kept in this browser. `theme.js` applies it at start. */
export function useTheme(): [boolean, (dark: boolean) => void] {
  const [isDark, setDark] = useState(document.documentElement.classList.contains(DARK));
  return [
    isDark,
    (dark) => {
      document.documentElement.classList.toggle(DARK, dark);
      setDark(dark);
      try {
        localStorage.setItem(KEY, dark ? 'dark' : 'light');
      } catch {
        // Storage may be forbidden; the choice then lasts as long as the page.
      }
    },
  ];
}
