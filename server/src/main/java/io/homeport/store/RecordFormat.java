package io.homeport.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The versions of the stored records: each format has a number, and a conversion leads from each to
 * the next. Stores and back-ups hold the same records, so both are converted by the same steps.
 *
 * @param conversions the first leads from format 1 to 2, and so on
 */
record RecordFormat(List<Conversion> conversions) {
  /** The formats that this version of Homeport knows. */
  static final RecordFormat CURRENT = new RecordFormat(List.of());

  /**
   * A record as it is stored.
   *
   * @param kind the word for its kind
   * @param key which one of that kind it is
   * @param body its JSON
   */
  record StoredRecord(String kind, String key, String body) {}

  /** One step to the next format. */
  interface Conversion {
    /** All records in the next format, given all in this one. */
    List<StoredRecord> convert(List<StoredRecord> records);
  }

  /** The present format's number. */
  int version() {
    return conversions.size() + 1;
  }

  /**
   * Converts to the present format.
   *
   * @param from the format that the records have: 1 to the present one
   * @param records all that is stored
   */
  List<StoredRecord> convert(int from, List<StoredRecord> records) {
    List<StoredRecord> converted = new ArrayList<>(records);
    for (Conversion conversion : conversions.subList(from - 1, conversions.size())) {
      converted = conversion.convert(converted);
    }
    return converted;
  }
}
