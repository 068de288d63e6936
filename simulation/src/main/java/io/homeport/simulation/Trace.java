package io.homeport.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** What happened, line by line: as a hash always, as text where somebody reads it. */
final class Trace {
  private static final long PRIME = 0x100000001B3L;

  private final Agenda agenda;
  private final Consumer<String> reader;
  private final boolean isRead;
  private long hash = 0xCBF29CE484222325L;

  /** A trace that nobody reads. */
  Trace(Agenda agenda) {
    this(agenda, line -> {}, false);
  }

  /** A trace that is read. */
  Trace(Agenda agenda, Consumer<String> reader) {
    this(agenda, reader, true);
  }

  private Trace(Agenda agenda, Consumer<String> reader, boolean isRead) {
    this.agenda = agenda;
    this.reader = reader;
    this.isRead = isRead;
  }

  /**
   * Adds a line.
   *
   * @param who a short name
   * @param what what happened, in an order that is the same in every run
   */
  void add(String who, String what) {
    long at = agenda.elapsed().toMillis();
    mix(at);
    mixText(who);
    mixText(what);
    if (isRead) {
      reader.accept(String.format(java.util.Locale.ROOT, "%10.3f %-9s %s", at / 1000.0, who, what));
    }
  }

  /** Adds a line that is worth its making only when it is read. */
  void note(String who, Supplier<String> what) {
    if (isRead) {
      add(who, what.get());
    }
  }

  /** The hash of all lines so far (FNV-1a over their characters). */
  long hash() {
    return hash;
  }

  private void mixText(String text) {
    for (int index = 0; index < text.length(); index++) {
      hash = (hash ^ text.charAt(index)) * PRIME;
    }
  }

  private void mix(long number) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      hash = (hash ^ ((number >>> shift) & 0xFF)) * PRIME;
    }
  }
}
