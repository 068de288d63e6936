import org.jspecify.annotations.NullMarked;

/** The pure scheduler core: it sees nothing but {@code java.base} and persistent collections. */
@NullMarked
module io.homeport.core {
  requires static transitive org.jspecify;
  requires transitive org.pcollections;

  exports io.homeport.deployment;
  exports io.homeport.model;
  exports io.homeport.placement;
  exports io.homeport.scheduler;
  exports io.homeport.state;
}
