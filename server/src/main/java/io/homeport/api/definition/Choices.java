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
   * Two words and what they stand for.
   *
   * @param first a word
   * @param one what it stands for
   * @param second another word
   * @param other what that stands for
   */
  static <T> SequencedMap<String, T> of(String first, T one, String second, T other) {
    SequencedMap<String, T> choices = new LinkedHashMap<>();
    choices.put(first, one);
    choices.put(second, other);
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
