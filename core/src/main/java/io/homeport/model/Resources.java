package io.homeport.model;

/**
 * An amount of the divisible resources. Amounts are kept in steps of 0.001, as Mesos does, so that
 * sums and differences are exact and equality means equality.
 *
 * @param cpus cores
 * @param mem memory in MiB
 * @param disk disk in MiB
 * @param gpus whole GPUs
 */
public record Resources(double cpus, double mem, double disk, double gpus) {
  /** Nothing. */
  public static final Resources NONE = new Resources(0, 0, 0, 0);

  private static final double STEPS_PER_UNIT = 1000;

  /** Rounds each amount to steps of 0.001. */
  public Resources {
    cpus = rounded(cpus);
    mem = rounded(mem);
    disk = rounded(disk);
    gpus = rounded(gpus);
  }

  private static double rounded(double amount) {
    return Math.rint(amount * STEPS_PER_UNIT) / STEPS_PER_UNIT;
  }

  /**
   * The sum.
   *
   * @param other what to add
   */
  public Resources plus(Resources other) {
    return new Resources(cpus + other.cpus, mem + other.mem, disk + other.disk, gpus + other.gpus);
  }

  /**
   * The difference; amounts may become negative.
   *
   * @param other what to take away
   */
  public Resources minus(Resources other) {
    return new Resources(cpus - other.cpus, mem - other.mem, disk - other.disk, gpus - other.gpus);
  }

  /**
   * The same with another amount of disk.
   *
   * @param mib disk in MiB
   */
  public Resources withDisk(double mib) {
    return new Resources(cpus, mem, mib, gpus);
  }

  /**
   * Whether each amount is at least the other's.
   *
   * @param other what is wanted
   */
  public boolean covers(Resources other) {
    return cpus >= other.cpus && mem >= other.mem && disk >= other.disk && gpus >= other.gpus;
  }

  /** Whether no amount is above zero. */
  public boolean isEmpty() {
    return cpus <= 0 && mem <= 0 && disk <= 0 && gpus <= 0;
  }
}
