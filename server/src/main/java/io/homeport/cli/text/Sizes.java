package io.homeport.cli.text;

import java.util.Locale;

/** Sizes and shares as people read them. */
public final class Sizes {
  private static final double KIBI = 1024;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Sizes() {}

  /**
   * A size, such as {@code 1.5 GiB}.
   *
   * @param bytes in bytes
   */
  public static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= KIBI && unit < UNITS.length - 1) {
      value /= KIBI;
      unit++;
    }
    return number(value) + " " + UNITS[unit];
  }

  /**
   * A size, such as {@code 1.5 GiB}.
   *
   * @param mebibytes in MiB, as resources count
   */
  public static String mebibytes(double mebibytes) {
    return bytes(mebibytes * KIBI * KIBI);
  }

  /**
   * A number with as few digits as it needs: at most two decimals below 10, one below 100, none
   * from there on; and none for whole numbers.
   *
   * @param value the number
   */
  public static String number(double value) {
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
