package io.homeport.simulation.world;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What happened, line by line: as a hash always, as text where somebody reads it. */
public final class Trace {
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
  public void add(String who, String what) {
    long at = agenda.elapsed().toMillis();
    mix(at);
    mixText(who);
    mixText(what);
    if (isRead) {
      print(at, who, what);
    }
  }

  /**
   * Adds a line that is worth its making only when it is read; it does not count for the hash.
   *
   * @param who a short name
   * @param what what happened
   */
  public void note(String who, Supplier<String> what) {
    if (isRead) {
      print(agenda.elapsed().toMillis(), who, what.get());
    }
  }

  private void print(long at, String who, String what) {
    reader.accept(String.format(Locale.ROOT, "%10.3f %-9s %s", at / 1000.0, who, what));
  }

  /** The hash of all lines so far (FNV-1a over their characters). */
  public long hash() {
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
