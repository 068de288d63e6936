package io.homeport.api.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;

/** The words that JSON has for the constants of an enum. */
final class Choices {
  private Choices() {}

  /**
   * Words and the constants they stand for.
   *
   * @param constants the constants
   * @param word the word of each
   */
  static <E extends Enum<E>> SequencedMap<String, E> of(E[] constants, Function<E, String> word) {
    SequencedMap<String, E> choices = new LinkedHashMap<>();
    for (E constant : constants) {
      choices.put(word.apply(constant), constant);
    }
    return Collections.unmodifiableSequencedMap(choices);
  }

  /**
   * Words that stand for themselves.
   *
   * @param words the words
   */
  static SequencedMap<String, String> ofWords(List<String> words) {
    SequencedMap<String, String> choices = new LinkedHashMap<>();
    words.forEach(word -> choices.put(word, word));
    return Collections.unmodifiableSequencedMap(choices);
  }

  /**
   * The name of a constant in lower case.
   *
   * @param constant any constant
   */
  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
