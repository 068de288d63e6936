package io.homeport.store;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the fields of stored records, strictly and in the order in which they were written, so that
 * a store is gone through once and nothing of it is kept that is not wanted. A field that is
 * missing, of another type, or not asked for in its place is a {@link MalformedRecordException}
 * that names where it is.
 */
final class RecordReader {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build())
          .build();

  private final JsonParser in;
  private final CommonValues common;

  /** The field that comes next; null behind the last one of an object. */
  private @Nullable String next;

  private RecordReader(JsonParser in, CommonValues common) {
    this.in = in;
    this.common = common;
  }

  /**
   * A value from JSON.
   *
   * @param text the JSON
   * @param common what is known from other records
   * @param fields reads the fields of the value
   * @throws MalformedRecordException when the text is not such a value
   */
  static <T> T read(String text, CommonValues common, Function<RecordReader, T> fields) {
    try (JsonParser in = JSON.createParser(text)) {
      in.nextToken();
      T value = new RecordReader(in, common).objectHere(fields);
      if (in.nextToken() != null) {
        throw new MalformedRecordException("not JSON: something follows the value");
      }
      return value;
    } catch (JacksonException e) {
      throw new MalformedRecordException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The path of the object whose fields are read. */
  private String path() {
    TokenStreamContext here = in.streamReadContext();
    TokenStreamContext around = next == null ? here : here.getParent();
    return around == null ? "" : around.pathAsPointer().toString();
  }

  private MalformedRecordException expectedField(String what) {
    return new MalformedRecordException(
        path() + ": expected " + what + ", found " + (next == null ? "none" : next));
  }

  private MalformedRecordException expected(String what) {
    return new MalformedRecordException(
        in.streamReadContext().pathAsPointer() + ": expected " + what);
  }

  private boolean has(String name) {
    return name.equals(next);
  }

  private void require(String name) {
    if (!has(name)) {
      throw expectedField("the field " + name);
    }
  }

  /** To the value of the next field, whose name was looked at. */
  private RecordReader atValue() {
    in.nextToken();
    return this;
  }

  /** From a value that was read to the name of the field behind it. */
  private <T> T behind(T value) {
    next = in.nextName();
    return value;
  }

  private String textHere() {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw expected("a text");
    }
    return in.getString();
  }

  private int integerHere() {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || in.getNumberType() != NumberType.INT) {
      throw expected("an integer");
    }
    return in.getIntValue();
  }

  private double numberHere() {
    if (in.currentToken() == null || !in.currentToken().isNumeric()) {
      throw expected("a number");
    }
    return in.getDoubleValue();
  }

  private boolean flagHere() {
    if (in.currentToken() == null || !in.currentToken().isBoolean()) {
      throw expected("true or false");
    }
    return in.getBooleanValue();
  }

  private <T> T objectHere(Function<RecordReader, T> fields) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw expected("an object");
    }
    next = in.nextName();
    T value;
    try {
      value = fields.apply(this);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedRecordException(path() + ": " + e.getMessage(), e);
    }
    if (next != null) {
      throw expectedField("no further field");
    }
    return value;
  }

  private <T> List<T> listHere(Supplier<T> element) {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw expected("a list");
    }
    List<T> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(element.get());
    }
    return List.copyOf(values);
  }

  private SortedMap<String, String> textsByNameHere() {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw expected("an object");
    }
    SortedMap<String, String> values = new TreeMap<>();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      if (values.put(name, textHere()) != null) {
        throw expected("one value");
      }
    }
    return Collections.unmodifiableSortedMap(values);
  }

  /** The id of an app. */
  AppId app(String name) {
    return common.app(id(name));
  }

  /** The id of an agent. */
  AgentId agent(String name) {
    return common.agent(id(name));
  }

  /** A text that must be there. */
  String id(String name) {
    require(name);
    return behind(atValue().textHere());
  }

  /** A text that many records have in common: equal ones are one object. */
  String common(String name) {
    return has(name) ? common.text(behind(atValue().textHere())) : "";
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(behind(atValue().textHere())) : Optional.empty();
  }

  String text(String name) {
    return has(name) ? behind(atValue().textHere()) : "";
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = id(name);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw unknownTag(name, text);
    }
  }

  Instant instant(String name) {
    return common.instant(id(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(common::instant);
  }

  Duration duration(String name) {
    return Duration.parse(id(name));
  }

  Optional<Duration> optionalDuration(String name) {
    return optionalText(name).map(Duration::parse);
  }

  boolean flag(String name) {
    return has(name) && behind(atValue().flagHere());
  }

  Optional<Integer> optionalInteger(String name) {
    return has(name) ? Optional.of(behind(atValue().integerHere())) : Optional.empty();
  }

  int integer(String name) {
    return has(name) ? behind(atValue().integerHere()) : 0;
  }

  Optional<Double> optionalNumber(String name) {
    return has(name) ? Optional.of(behind(atValue().numberHere())) : Optional.empty();
  }

  double number(String name) {
    return has(name) ? behind(atValue().numberHere()) : 0;
  }

  /** Texts that many records have in common, such as addresses: equal lists are one object. */
  List<String> texts(String name) {
    return commonList(name, () -> common.text(textHere()));
  }

  /** Integers that many records have in common, such as ports: equal lists are one object. */
  List<Integer> integers(String name) {
    return commonList(name, this::integerHere);
  }

  private <T> List<T> commonList(String name, Supplier<T> element) {
    return has(name) ? common.object(behind(atValue().listHere(element))) : List.of();
  }

  SortedMap<String, String> textsByName(String name) {
    return has(name) ? behind(atValue().textsByNameHere()) : Collections.emptySortedMap();
  }

  <T> T object(String name, Function<RecordReader, T> fields) {
    require(name);
    return behind(atValue().objectHere(fields));
  }

  /** A value that many records have in common: equal ones are one object. */
  <T> T commonObject(String name, Function<RecordReader, T> fields) {
    return common.object(object(name, fields));
  }

  <T> Optional<T> optionalObject(String name, Function<RecordReader, T> fields) {
    return has(name) ? Optional.of(behind(atValue().objectHere(fields))) : Optional.empty();
  }

  <T> List<T> objects(String name, Function<RecordReader, T> fields) {
    return has(name) ? behind(atValue().listHere(() -> objectHere(fields))) : List.of();
  }

  /** What an unknown tag of a sealed type is answered with. */
  MalformedRecordException unknownTag(String name, String tag) {
    return new MalformedRecordException(path() + "/" + name + ": unknown value " + tag);
  }
}
