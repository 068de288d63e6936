package io.homeport.benchmark.scheduler;

import io.homeport.runtime.Store;
import io.homeport.state.Change;
import java.util.List;
import java.util.function.Consumer;

/** A store that takes everything and keeps nothing: what is left is what the scheduler costs. */
public final class ForgetfulStore implements Store {
  @Override
  public long load(Consumer<Change.Stored> changes) {
    return 0;
  }

  @Override
  public Outcome commit(long expected, List<Change.Stored> changes) {
    return new Outcome.Committed(expected + 1);
  }

  @Override
  public String description() {
    return "nowhere";
  }

  @Override
  public void close() {}
}
