package io.homeport.store;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of stored records, strictly: a field that is missing, of another type, or not
 * asked for is a {@link MalformedRecordException} that names its path.
 */
final class RecordReader {
  private static final Recent<String> TEXTS = new Recent<>(1 << 15, text -> text);
  private static final Recent<AppId> APPS = new Recent<>(1 << 12, AppId::new);
  private static final Recent<AgentId> AGENTS = new Recent<>(1 << 15, AgentId::new);
  private static final Recent<Instant> INSTANTS = new Recent<>(1 << 12, Instant::parse);

  private final ParsedObject object;
  private final @Nullable RecordReader parent;
  private final String place;

  private RecordReader(ParsedObject object, @Nullable RecordReader parent, String place) {
    this.object = object;
    this.parent = parent;
    this.place = place;
  }

  /**
   * A value from JSON.
   *
   * @throws MalformedRecordException when the text is not such a value
   */
  static <T> T read(String text, Function<RecordReader, T> fields) {
    if (!(ParsedObject.parse(text) instanceof ParsedObject object)) {
      throw new MalformedRecordException(": expected an object");
    }
    return readAll(new RecordReader(object, null, ""), fields);
  }

  private static <T> T readAll(RecordReader reader, Function<RecordReader, T> fields) {
    T value;
    try {
      value = fields.apply(reader);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedRecordException(reader.path() + "/: " + e.getMessage(), e);
    }
    List<String> unread = reader.object.unread();
    if (!unread.isEmpty()) {
      throw new MalformedRecordException(reader.path() + ": unknown fields " + unread);
    }
    return value;
  }

  private <T> T readObject(String name, Object value, Function<RecordReader, T> fields) {
    if (value instanceof ParsedObject inner) {
      return readAll(new RecordReader(inner, this, name), fields);
    }
    throw expected(name, "an object");
  }

  private String path() {
    return parent == null ? "" : parent.path() + "/" + place;
  }

  private @Nullable Object find(String name) {
    return object.find(name);
  }

  private Object get(String name) {
    Object found = find(name);
    if (found == null) {
      throw new MalformedRecordException(path() + "/" + name + ": missing");
    }
    return found;
  }

  private MalformedRecordException expected(String name, String what) {
    return new MalformedRecordException(path() + "/" + name + ": expected " + what);
  }

  private String textOf(String name, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw expected(name, "a text");
  }

  private int integerOf(String name, Object value) {
    if (value instanceof Integer integer) {
      return integer;
    }
    throw expected(name, "an integer");
  }

  private double numberOf(String name, Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw expected(name, "a number");
  }

  /** The id of an app. */
  AppId app(String name) {
    return APPS.of(id(name));
  }

  /** The id of an agent. */
  AgentId agent(String name) {
    return AGENTS.of(id(name));
  }

  /** A text that must be there. */
  String id(String name) {
    if (get(name) instanceof String text) {
      return text;
    }
    throw expected(name, "a text");
  }

  /** A text that many records have in common: equal ones are one object. */
  String common(String name) {
    String text = text(name);
    return text.isEmpty() ? text : TEXTS.of(text);
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(find(name)).map(value -> textOf(name, value));
  }

  String text(String name) {
    return optionalText(name).orElse("");
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = id(name);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(path() + "/" + name + ": unknown value " + text, e);
    }
  }

  Instant instant(String name) {
    return INSTANTS.of(id(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(INSTANTS::of);
  }

  Duration duration(String name) {
    return Duration.parse(id(name));
  }

  Optional<Duration> optionalDuration(String name) {
    return optionalText(name).map(Duration::parse);
  }

  boolean flag(String name) {
    Object value = find(name);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw expected(name, "true or false");
  }

  Optional<Integer> optionalInteger(String name) {
    return Optional.ofNullable(find(name)).map(value -> integerOf(name, value));
  }

  int integer(String name) {
    return optionalInteger(name).orElse(0);
  }

  Optional<Double> optionalNumber(String name) {
    return Optional.ofNullable(find(name)).map(value -> numberOf(name, value));
  }

  double number(String name) {
    return optionalNumber(name).orElse(0.0);
  }

  /** Texts that many records have in common, such as addresses: equal ones are one object. */
  List<String> texts(String name) {
    return elements(name, (place, value) -> TEXTS.of(textOf(place, value)));
  }

  List<Integer> integers(String name) {
    return elements(name, this::integerOf);
  }

  private <T> List<T> elements(String name, BiFunction<String, Object, T> element) {
    Object found = find(name);
    if (found == null) {
      return List.of();
    }
    if (!(found instanceof List<?> array)) {
      throw expected(name, "a list");
    }
    List<T> values = new ArrayList<>(array.size());
    for (Object value : array) {
      values.add(element.apply(name + "/" + values.size(), value));
    }
    return List.copyOf(values);
  }

  SortedMap<String, String> textsByName(String name) {
    SortedMap<String, String> values = new TreeMap<>();
    Object found = find(name);
    if (found instanceof ParsedObject texts) {
      for (String each : texts.names()) {
        values.put(each, textOf(name + "/" + each, Objects.requireNonNull(texts.find(each))));
      }
    } else if (found != null) {
      throw expected(name, "an object");
    }
    return Collections.unmodifiableSortedMap(values);
  }

  <T> T object(String name, Function<RecordReader, T> fields) {
    return readObject(name, get(name), fields);
  }

  <T> Optional<T> optionalObject(String name, Function<RecordReader, T> fields) {
    return Optional.ofNullable(find(name)).map(value -> readObject(name, value, fields));
  }

  <T> List<T> objects(String name, Function<RecordReader, T> fields) {
    return elements(name, (place, value) -> readObject(place, value, fields));
  }

  /** What an unknown tag of a sealed type is answered with. */
  MalformedRecordException unknownTag(String name, String tag) {
    return new MalformedRecordException(path() + "/" + name + ": unknown value " + tag);
  }
}
