package io.homeport.api.definition;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads request bodies: strict JSON (RFC 8259) without duplicate names, trailing text, excessive
 * nesting, or halves of surrogate pairs (which cannot be written as UTF-8 again). Numbers are kept
 * exactly as they were sent.
 */
public final class StrictJson {
  /** The largest body that is read, in bytes: 1 MiB. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  /** The deepest nesting; no object of the API is nested deeper than 10. */
  public static final int MAX_DEPTH = 50;

  /** The longest number in characters; longer ones only serve to keep the server busy. */
  private static final int LONGEST_NUMBER = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(MAX_BODY_BYTES)
                          .maxNameLength(MAX_BODY_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads a body.
   *
   * @param body its bytes, in UTF-8 (or UTF-16 or UTF-32, which are recognized)
   * @return the tree
   * @throws MalformedJsonException when it is no strict JSON, empty, or larger than {@link
   *     #MAX_BODY_BYTES}
   */
  public static JsonNode parse(byte[] body) throws MalformedJsonException {
    if (body.length > MAX_BODY_BYTES) {
      throw new MalformedJsonException(
          "/", "the body has " + body.length + " bytes; at most " + MAX_BODY_BYTES + " are read");
    }
    try (JsonParser parser = MAPPER.createParser(body)) {
      return parse(parser);
    } catch (JacksonException failure) {
      throw malformed(failure, Optional.empty());
    }
  }

  private static JsonNode parse(JsonParser parser) throws MalformedJsonException {
    try {
      if (parser.nextToken() == null) {
        throw new MalformedJsonException("/", "expected a JSON text, found an empty body");
      }
      JsonNode tree = MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException(
            "/",
            "expected the end of the text, found more after it"
                + position(parser.currentTokenLocation()));
      }
      requireWholeCharacters(tree, FieldPath.ROOT);
      return tree;
    } catch (JacksonException failure) {
      throw malformed(failure, Optional.of(parser));
    }
  }

  private static MalformedJsonException malformed(
      JacksonException failure, Optional<JsonParser> parser) {
    Optional<TokenStreamContext> context = parser.map(JsonParser::streamReadContext);
    String path = context.map(StrictJson::path).orElse(FieldPath.ROOT).toString();
    String message = String.valueOf(failure.getOriginalMessage());
    if (failure instanceof StreamConstraintsException) {
      boolean tooDeep = context.map(TokenStreamContext::getNestingDepth).orElse(0) >= MAX_DEPTH;
      message =
          tooDeep
              ? "nested more than " + MAX_DEPTH + " levels deep"
              : "a number of more than " + LONGEST_NUMBER + " characters";
    }
    // The library tells where the object began by a location that says nothing.
    message = message.replaceFirst(" \\(start marker at .*\\)$", "");
    // Limits fail without a location.
    TokenStreamLocation location = failure.getLocation();
    if (location == null) {
      location = parser.map(JsonParser::currentLocation).orElse(null);
    }
    return new MalformedJsonException(path, message + position(location));
  }

  private static String position(@Nullable TokenStreamLocation location) {
    return location == null ? "" : position(location.getLineNr(), location.getColumnNr());
  }

  private static String position(int line, int column) {
    return " (line " + line + ", column " + column + ")";
  }

  private static FieldPath path(TokenStreamContext context) {
    TokenStreamContext parent = context.getParent();
    if (parent == null) {
      return FieldPath.ROOT;
    }
    FieldPath above = path(parent);
    if (context.inArray()) {
      return context.hasCurrentIndex() ? above.item(context.getCurrentIndex()) : above;
    }
    String name = context.currentName();
    return name == null ? above : above.field(name);
  }

  private static void requireWholeCharacters(JsonNode node, FieldPath path)
      throws MalformedJsonException {
    if (node.isString()) {
      requireWholeCharacters(node.stringValue(), path);
    } else if (node.isArray()) {
      for (int position = 0; position < node.size(); position++) {
        requireWholeCharacters(node.get(position), path.item(position));
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        requireWholeCharacters(field.getKey(), path);
        requireWholeCharacters(field.getValue(), path.field(field.getKey()));
      }
    }
  }

  private static void requireWholeCharacters(String text, FieldPath path)
      throws MalformedJsonException {
    boolean broken =
        text.codePoints()
            .anyMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    if (broken) {
      throw new MalformedJsonException(
          path.toString(), "half of a surrogate pair, which is no character, at " + path);
    }
  }
}
