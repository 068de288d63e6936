package io.homeport.placement;

import io.homeport.model.DiskSource;
import java.util.List;

/** Whether an instance fits what an agent offers. */
public sealed interface Verdict {
  /**
   * It fits.
   *
   * @param ports the host ports chosen, in the order wanted
   * @param disks where each volume of the definition would lie, in its order
   * @param sizes the size of each volume in MiB: what was asked for, or the whole mount disk
   */
  record Fits(List<Integer> ports, List<DiskSource> disks, List<Double> sizes) implements Verdict {}

  /**
   * It does not fit.
   *
   * @param reasons every unmet condition; at least one
   */
  record Unfit(List<Reason> reasons) implements Verdict {}
}
