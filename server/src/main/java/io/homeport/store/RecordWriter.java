package io.homeport.store;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the fields of stored records. What is absent, empty, false or zero is left out; nothing
 * else is, so that a default that changes later does not change what is stored. Numbers and texts
 * are written so that they read back as exactly the same value. {@link RecordReader} expects fields
 * in the order in which they are written.
 */
final class RecordWriter {
  // Plain ASCII also keeps texts that have no form in UTF-8 (halves of surrogate pairs).
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * Instants that were written lately. Those of one decision are the same, and to write one takes
   * as long as all the rest of a small record. Any thread may put any entry in its place.
   */
  private static final InstantText[] INSTANTS = new InstantText[64];

  private final JsonGenerator out;

  /** An instant as it is written. */
  private record InstantText(Instant instant, String text) {}

  private RecordWriter(JsonGenerator out) {
    this.out = out;
  }

  /** A value as JSON. */
  static <T> String write(T value, BiConsumer<RecordWriter, T> fields) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      fields.accept(new RecordWriter(out), value);
      out.writeEndObject();
    }
    return text.toString();
  }

  void text(String name, String value) {
    if (!value.isEmpty()) {
      out.writeStringProperty(name, value);
    }
  }

  void text(String name, Optional<String> value) {
    if (value.isPresent()) {
      out.writeStringProperty(name, value.get());
    }
  }

  void constant(String name, Enum<?> value) {
    out.writeStringProperty(name, value.name());
  }

  void instant(String name, Instant value) {
    out.writeStringProperty(name, text(value));
  }

  private static String text(Instant value) {
    int place = value.hashCode() & (INSTANTS.length - 1);
    InstantText known = INSTANTS[place];
    if (known == null || !known.instant().equals(value)) {
      known = new InstantText(value, value.toString());
      INSTANTS[place] = known;
    }
    return known.text();
  }

  void instant(String name, Optional<Instant> value) {
    value.ifPresent(present -> instant(name, present));
  }

  void duration(String name, Duration value) {
    out.writeStringProperty(name, value.toString());
  }

  void duration(String name, Optional<Duration> value) {
    value.ifPresent(present -> duration(name, present));
  }

  void flag(String name, boolean value) {
    if (value) {
      out.writeBooleanProperty(name, true);
    }
  }

  void integer(String name, int value) {
    if (value != 0) {
      out.writeNumberProperty(name, value);
    }
  }

  void integer(String name, Optional<Integer> value) {
    value.ifPresent(present -> out.writeNumberProperty(name, present.intValue()));
  }

  void number(String name, double value) {
    if (Double.doubleToRawLongBits(value) != 0) { // minus zero is another value
      writeNumber(name, value);
    }
  }

  void number(String name, Optional<Double> value) {
    value.ifPresent(present -> writeNumber(name, present));
  }

  private void writeNumber(String name, double value) {
    int whole = (int) value;
    if (Double.doubleToRawLongBits(whole) == Double.doubleToRawLongBits(value)) {
      out.writeNumberProperty(name, whole);
    } else {
      out.writeNumberProperty(name, value);
    }
  }

  void texts(String name, List<String> values) {
    if (!values.isEmpty()) {
      out.writeArrayPropertyStart(name);
      values.forEach(out::writeString);
      out.writeEndArray();
    }
  }

  void integers(String name, List<Integer> values) {
    if (!values.isEmpty()) {
      out.writeArrayPropertyStart(name);
      values.forEach(value -> out.writeNumber(value.intValue()));
      out.writeEndArray();
    }
  }

  void texts(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      out.writeObjectPropertyStart(name);
      values.forEach(out::writeStringProperty);
      out.writeEndObject();
    }
  }

  <T> void object(String name, T value, BiConsumer<RecordWriter, T> fields) {
    out.writeObjectPropertyStart(name);
    fields.accept(this, value);
    out.writeEndObject();
  }

  <T> void object(String name, Optional<T> value, BiConsumer<RecordWriter, T> fields) {
    value.ifPresent(present -> object(name, present, fields));
  }

  <T> void objects(String name, List<T> values, BiConsumer<RecordWriter, T> fields) {
    if (!values.isEmpty()) {
      out.writeArrayPropertyStart(name);
      for (T value : values) {
        out.writeStartObject();
        fields.accept(this, value);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }
}
