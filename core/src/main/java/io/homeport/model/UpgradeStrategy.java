package io.homeport.model;

/**
 * Limits while instances are replaced by a deployment.
 *
 * @param minimumHealthCapacity the share of instances, 0 to 1, that stays healthy; rounded up
 * @param maximumOverCapacity the share, 0 to 1, that may run on top; always 0 with volumes, because
 *     an instance never has a second volume
 */
public record UpgradeStrategy(double minimumHealthCapacity, double maximumOverCapacity) {
  /** Marathon's default for stateless apps. */
  public static final UpgradeStrategy STATELESS = new UpgradeStrategy(1, 1);

  /** Marathon's default for apps with persistent volumes. */
  public static final UpgradeStrategy STATEFUL = new UpgradeStrategy(0.5, 0);
}
