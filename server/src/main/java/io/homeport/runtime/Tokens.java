package io.homeport.runtime;

import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * Random tokens of 8 lower-case letters and digits, such as the term that makes ids unique. There
 * are 2.8 × 10^12 of them, so that a repeated one is out of the question for the number of starts a
 * server sees.
 */
public final class Tokens implements Supplier<String> {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 8;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return token.toString();
  }
}
