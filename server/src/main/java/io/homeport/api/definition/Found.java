package io.homeport.api.definition;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Words for what stands at a place of a JSON text, for messages. */
final class Found {
  /** Longer texts are cut in messages. */
  private static final int LONGEST = 80;

  private Found() {}

  /**
   * What the node is.
   *
   * @param node any node
   */
  static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> node.isEmpty() ? "an empty object" : "an object";
      case ARRAY -> node.isEmpty() ? "an empty array" : "an array";
      case STRING -> "the string " + quoted(node.stringValue());
      case NUMBER -> "the number " + number(node.decimalValue());
      case BOOLEAN -> node.booleanValue() ? "true" : "false";
      case NULL -> "null";
      case MISSING -> "nothing";
      case BINARY, POJO -> "something that is not JSON";
    };
  }

  /**
   * A text in quotation marks, cut to a length that can be read, control characters made visible.
   *
   * @param text any text
   */
  static String quoted(String text) {
    String shown = text.length() <= LONGEST ? text : start(text) + "...";
    StringBuilder quoted = new StringBuilder("\"");
    shown
        .codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)) {
                quoted.append(String.format("\\u%04x", point));
              } else {
                quoted.appendCodePoint(point);
              }
            });
    return quoted.append('"').toString();
  }

  private static String start(String text) {
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
  }

  /**
   * A number as people write it, but never longer than it was sent.
   *
   * @param number any number
   */
  static String number(BigDecimal number) {
    String plain = Math.abs((long) number.scale()) <= 30 ? number.toPlainString() : "";
    return plain.isEmpty() || plain.length() > LONGEST ? number.toString() : plain;
  }
}
