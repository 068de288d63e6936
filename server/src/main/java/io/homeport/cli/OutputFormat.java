package io.homeport.cli;

import java.util.Locale;

/** For whom a command writes. */
enum OutputFormat {
  /** Tables and sentences for people. */
  TEXT,
  /** The API's JSON, for programs. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
