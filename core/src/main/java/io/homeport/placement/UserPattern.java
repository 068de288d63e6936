package io.homeport.placement;

import java.util.regex.Pattern;

/**
 * A regular expression that a user wrote, matched within a bound: some expressions, such as {@code
 * (a|aa)+b\1}, take years on short texts, and one of them must not stop the scheduler. The bound
 * counts steps, not time, so that the same input always has the same outcome.
 */
final class UserPattern {
  /** The most characters looked at; sensible expressions look at each a few times. */
  private static final int MOST_STEPS = 100_000;

  /** The longest text; matching takes stack in proportion to it. */
  private static final int LONGEST_TEXT = 1_000;

  private final Pattern pattern;

  /**
   * An expression.
   *
   * @param regex the expression, which must be valid
   */
  UserPattern(String regex) {
    pattern = Pattern.compile(regex);
  }

  /** What came of matching. */
  enum Outcome {
    /** The whole text matches. */
    MATCHES,
    /** It does not match. */
    DIFFERS,
    /** It was not found out within the bound, so the text fits neither LIKE nor UNLIKE. */
    TOO_COSTLY
  }

  /**
   * Matches a whole text.
   *
   * @param text the text
   */
  Outcome match(String text) {
    if (text.length() > LONGEST_TEXT) {
      return Outcome.TOO_COSTLY;
    }
    try {
      boolean matches = pattern.matcher(new Counted(text)).matches();
      return matches ? Outcome.MATCHES : Outcome.DIFFERS;
    } catch (TooManySteps tooMany) {
      return Outcome.TOO_COSTLY;
    }
  }

  /** Ends a match; {@link Pattern} has no other way to be stopped. */
  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  /** A text that counts how often its characters are looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int steps;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
