package io.homeport.store;

import io.homeport.state.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store writes for a change, as it writes it. It is in the store's package because this is
 * nobody else's business.
 *
 * @param kind the kind's word
 * @param key the key
 * @param body the body; absent when the record is removed
 */
public record StoredRecords(String kind, String key, Optional<String> body) {
  /**
   * What changes do to the records, in order.
   *
   * @param changes any but the removal of an app
   */
  public static List<StoredRecords> of(List<Change.Stored> changes) {
    List<StoredRecords> records = new ArrayList<>();
    for (RecordEdit edit : RecordEdit.of(changes)) {
      records.add(
          switch (edit) {
            case RecordEdit.Put put ->
                new StoredRecords(put.kind().word(), put.key(), Optional.of(put.body()));
            case RecordEdit.Remove gone ->
                new StoredRecords(gone.kind().word(), gone.key(), Optional.empty());
            case RecordEdit.RemoveAll all ->
                throw new IllegalArgumentException("no app is removed here: " + all.prefix());
          });
    }
    return records;
  }
}
