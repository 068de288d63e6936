package io.homeport.mesos.testing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/**
 * Resources as Mesos counts them: amounts are added up where everything else that is said of them
 * is equal. How a volume is mounted does not count (Mesos source, {@code DiskInfo} comparison).
 */
final class Bag {
  private static final double STEPS = 1000;

  private final Map<Resource, Part> parts = new LinkedHashMap<>();

  /** What was first said of a resource, and how much of it there is. */
  private record Part(Resource said, long thousandths, BitSet ports) {
    boolean isEmpty() {
      return thousandths == 0 && ports.isEmpty();
    }

    boolean covers(Part other) {
      BitSet missing = (BitSet) other.ports.clone();
      missing.andNot(ports);
      return thousandths >= other.thousandths && missing.isEmpty();
    }
  }

  static Bag of(Collection<Resource> resources) {
    Bag bag = new Bag();
    resources.forEach(bag::add);
    return bag;
  }

  private static Resource key(Resource resource) {
    Resource.Builder key = resource.toBuilder().clearScalar().clearRanges();
    if (key.hasDisk()) {
      key.getDiskBuilder().clearVolume();
      if (key.getDisk().hasPersistence()) {
        key.getDiskBuilder().getPersistenceBuilder().clearPrincipal();
      }
    }
    return key.build();
  }

  private static Part part(Resource resource) {
    BitSet ports = new BitSet();
    resource
        .getRanges()
        .getRangeList()
        .forEach(range -> ports.set((int) range.getBegin(), (int) range.getEnd() + 1));
    return new Part(resource, Math.round(resource.getScalar().getValue() * STEPS), ports);
  }

  private void add(Resource resource) {
    Part more = part(resource);
    parts.merge(
        key(resource),
        more,
        (one, other) -> {
          BitSet ports = (BitSet) one.ports.clone();
          ports.or(other.ports);
          return new Part(one.said, one.thousandths + other.thousandths, ports);
        });
    parts.values().removeIf(Part::isEmpty);
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  boolean contains(Bag other) {
    return other.parts.entrySet().stream()
        .allMatch(
            entry -> {
              Part here = parts.get(entry.getKey());
              return here != null && here.covers(entry.getValue());
            });
  }

  Bag plus(Bag other) {
    Bag sum = of(resources());
    other.resources().forEach(sum::add);
    return sum;
  }

  /** What is left; what is not there is not missed. */
  Bag minus(Bag other) {
    Bag left = new Bag();
    parts.forEach(
        (key, here) -> {
          Part taken = other.parts.get(key);
          if (taken == null) {
            left.parts.put(key, here);
            return;
          }
          BitSet ports = (BitSet) here.ports.clone();
          ports.andNot(taken.ports);
          Part rest = new Part(here.said, Math.max(0, here.thousandths - taken.thousandths), ports);
          if (!rest.isEmpty()) {
            left.parts.put(key, rest);
          }
        });
    return left;
  }

  Bag filter(Predicate<Resource> meant) {
    return of(resources().stream().filter(meant).toList());
  }

  Bag map(UnaryOperator<Resource> change) {
    return of(resources().stream().map(change).toList());
  }

  /** How much of something scalar there is. */
  double total(String name) {
    return parts.values().stream()
            .filter(part -> part.said.getName().equals(name))
            .mapToLong(Part::thousandths)
            .sum()
        / STEPS;
  }

  List<Resource> resources() {
    List<Resource> resources = new ArrayList<>();
    for (Part part : parts.values()) {
      Resource.Builder resource = part.said.toBuilder().clearScalar().clearRanges();
      if (resource.getType() == Value.Type.SCALAR) {
        resource.getScalarBuilder().setValue(part.thousandths / STEPS);
      } else {
        for (int begin = part.ports.nextSetBit(0); begin >= 0; ) {
          int end = part.ports.nextClearBit(begin);
          resource.getRangesBuilder().addRangeBuilder().setBegin(begin).setEnd(end - 1);
          begin = part.ports.nextSetBit(end);
        }
      }
      resources.add(resource.build());
    }
    return resources;
  }

  /** The same as allocated to a role, or with an empty one to nobody. */
  Bag allocatedTo(String role) {
    return map(
        resource ->
            role.isEmpty()
                ? resource.toBuilder().clearAllocationInfo().build()
                : allocated(resource, role));
  }

  private static Resource allocated(Resource resource, String role) {
    Resource.Builder allocated = resource.toBuilder();
    allocated.getAllocationInfoBuilder().setRole(role);
    return allocated.build();
  }

  /** As Mesos writes resources in its messages. */
  @Override
  public String toString() {
    return String.join("; ", resources().stream().map(ResourceText::of).toList());
  }
}
