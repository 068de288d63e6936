package io.homeport.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object as it was read: its fields in their order, and which of them were asked for. Stored
 * records have few fields, which are asked for in the order in which they were written, so that
 * finding one takes no more than a look at the next. Values are texts, numbers, booleans, lists,
 * objects of this class, and {@link Null}.
 */
final class ParsedObject {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build())
          .build();

  private final List<String> names = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private int next;

  /** A bit for each of the first 64 fields that was asked for, and the others. */
  private long read;

  private @Nullable BitSet readBeyond;

  /** What stands for {@code null}, which is never stored. */
  enum Null {
    /** The only one. */
    NULL
  }

  private ParsedObject() {}

  /**
   * A value from JSON.
   *
   * @throws MalformedRecordException when the text is no JSON, is more than one value, or has an
   *     object with two fields of one name
   */
  static Object parse(String text) {
    try (JsonParser in = JSON.createParser(text)) {
      Object value = value(in, in.nextToken());
      if (in.nextToken() != null) {
        throw new MalformedRecordException("not JSON: something follows the value");
      }
      return value;
    } catch (JacksonException e) {
      throw new MalformedRecordException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Object value(JsonParser in, @Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT -> in.getNumberValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Null.NULL;
      case null, default -> throw new MalformedRecordException("not JSON: no value");
    };
  }

  private static List<Object> array(JsonParser in) {
    List<Object> values = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      values.add(value(in, token));
    }
    return values;
  }

  private static ParsedObject object(JsonParser in) {
    ParsedObject object = new ParsedObject();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      if (object.names.contains(name)) {
        throw new MalformedRecordException("not JSON: the field \"" + name + "\" is there twice");
      }
      object.names.add(name);
      object.values.add(value(in, in.nextToken()));
    }
    return object;
  }

  /** The value of a field; null when there is none. */
  @Nullable Object find(String name) {
    boolean isNext = next < names.size() && names.get(next).equals(name);
    int place = isNext ? next : names.indexOf(name);
    if (place < 0) {
      return null;
    }
    next = place + 1;
    if (place < Long.SIZE) {
      read |= 1L << place;
    } else {
      readBeyond = Objects.requireNonNullElseGet(readBeyond, BitSet::new);
      readBeyond.set(place);
    }
    return values.get(place);
  }

  private boolean isRead(int place) {
    return place < Long.SIZE
        ? (read & 1L << place) != 0
        : readBeyond != null && readBeyond.get(place);
  }

  /** The names of all fields. */
  List<String> names() {
    return names;
  }

  /** The names of the fields that nobody asked for. */
  List<String> unread() {
    if (names.size() <= Long.SIZE && Long.bitCount(read) == names.size()) {
      return List.of();
    }
    List<String> unread = new ArrayList<>();
    for (int place = 0; place < names.size(); place++) {
      if (!isRead(place)) {
        unread.add(names.get(place));
      }
    }
    return unread;
  }
}
