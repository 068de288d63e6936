package io.homeport.simulation.server;

import io.homeport.state.Change;
import java.util.List;

/** What a store writes to. What was not synced may be lost when the power fails. */
public interface Disk {
  /**
   * Writes the changes of one commit. They can be read at once, and are not safe yet.
   *
   * @param changes the changes
   */
  void write(List<Change.Stored> changes);

  /** Makes all that was written safe. */
  void sync();
}
