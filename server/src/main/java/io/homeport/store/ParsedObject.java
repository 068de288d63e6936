package io.homeport.store;

import java.util.ArrayList;
import java.util.List;
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
  private boolean[] read = {};
  private int next;

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
    object.read = new boolean[object.names.size()];
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
    read[place] = true;
    return values.get(place);
  }

  /** The names of all fields. */
  List<String> names() {
    return names;
  }

  /** The names of the fields that nobody asked for. */
  List<String> unread() {
    List<String> unread = new ArrayList<>();
    for (int place = 0; place < names.size(); place++) {
      if (!read[place]) {
        unread.add(names.get(place));
      }
    }
    return unread;
  }
}
