// PatternFly's base styles without what this UI does not use: its fonts (the system's are used), its
// icon font (icons are SVG), and themes other than light and dark. Saves a third of the first load's
// styles.
import type { Plugin } from 'vite';

const UNUSED = /@font-face|pficon|theme-high-contrast|theme-felt|theme-glass|redhat/i;

export function leanPatternFly(): Plugin {
  return {
    name: 'lean-patternfly',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@patternfly/react-core/dist/styles/base')) return undefined;
      return topLevelRules(code)
        .filter((rule) => !UNUSED.test(rule.slice(0, rule.indexOf('{') + 1)))
        .join('\n');
    },
  };
}

/** The rules of a style sheet, each with its braces; comments are dropped. */
function topLevelRules(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const rules: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at];
    if (character === '{') depth++;
    const ends = (character === '}' && --depth === 0) || (character === ';' && depth === 0);
    if (ends) {
      rules.push(plain.slice(start, at + 1).trim());
      start = at + 1;
    }
  }
  return rules;
}
