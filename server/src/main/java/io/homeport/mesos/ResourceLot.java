package io.homeport.mesos;

import io.homeport.model.PortRange;
import io.homeport.model.PortRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/**
 * The resources of the offers that one ACCEPT uses, on their way through its operations. Operations
 * are built from what was really offered, so that each resource keeps whatever Mesos attached to it
 * (lower reservations, providers, disk sources). What the offers do not hold is made up in Mesos's
 * simplest form: the master then refuses that operation and says so.
 */
final class ResourceLot {
  private static final double STEPS = 1000;

  private final String role;
  private final List<Resource> left;

  /**
   * A lot.
   *
   * @param role the role the offers are allocated to
   * @param offered all their resources
   */
  ResourceLot(String role, List<Resource> offered) {
    this.role = role;
    this.left = new ArrayList<>(offered);
  }

  /** A resource of nothing but a name, allocated to our role. */
  Resource.Builder made(String name, Value.Type type) {
    Resource.Builder resource = Resource.newBuilder().setName(name).setType(type);
    resource.getAllocationInfoBuilder().setRole(role);
    return resource;
  }

  /** Puts back what an operation made. */
  void add(Resource resource) {
    left.add(resource);
  }

  /** Takes out all that is meant. */
  List<Resource> takeAll(Predicate<Resource> meant) {
    List<Resource> taken = left.stream().filter(meant).toList();
    left.removeAll(taken);
    return taken;
  }

  /**
   * Takes out an amount, from as many resources as it takes.
   *
   * @param name the resource's name
   * @param amount how much; nothing is taken for 0
   * @param meant which resources may be used
   * @param otherwise what stands for the part that is not there, but for its amount
   */
  List<Resource> take(
      String name, double amount, Predicate<Resource> meant, Supplier<Resource.Builder> otherwise) {
    List<Resource> taken = new ArrayList<>();
    double wanted = rounded(amount);
    ListIterator<Resource> rest = left.listIterator();
    while (wanted > 0 && rest.hasNext()) {
      Resource resource = rest.next();
      if (!resource.getName().equals(name) || !meant.test(resource)) {
        continue;
      }
      double there = resource.getScalar().getValue();
      double used = Math.min(there, wanted);
      if (there > used) {
        rest.set(withAmount(resource.toBuilder(), there - used));
      } else {
        rest.remove();
      }
      taken.add(withAmount(resource.toBuilder(), used));
      wanted = rounded(wanted - used);
    }
    if (wanted > 0) {
      taken.add(withAmount(otherwise.get(), wanted));
    }
    return taken;
  }

  /** Takes out ports; those that are not there are made up. */
  List<Resource> takePorts(
      List<Integer> numbers, Predicate<Resource> meant, Supplier<Resource.Builder> otherwise) {
    List<Resource> taken = new ArrayList<>();
    PortRanges wanted = PortRanges.ofPorts(numbers);
    ListIterator<Resource> rest = left.listIterator();
    while (!wanted.isEmpty() && rest.hasNext()) {
      Resource resource = rest.next();
      if (!resource.getName().equals("ports") || !meant.test(resource)) {
        continue;
      }
      PortRanges there = OfferTranslation.ports(resource);
      PortRanges missing = wanted.minus(there);
      PortRanges used = wanted.minus(missing);
      if (used.isEmpty()) {
        continue;
      }
      if (there.minus(used).isEmpty()) {
        rest.remove();
      } else {
        rest.set(withPorts(resource.toBuilder(), there.minus(used)));
      }
      taken.add(withPorts(resource.toBuilder(), used));
      wanted = missing;
    }
    if (!wanted.isEmpty()) {
      taken.add(withPorts(otherwise.get(), wanted));
    }
    return taken;
  }

  private static Resource withAmount(Resource.Builder resource, double amount) {
    resource.getScalarBuilder().setValue(rounded(amount));
    return resource.build();
  }

  private static Resource withPorts(Resource.Builder resource, PortRanges ports) {
    resource.clearRanges();
    for (PortRange range : ports.ranges()) {
      resource.getRangesBuilder().addRangeBuilder().setBegin(range.begin()).setEnd(range.end());
    }
    return resource.build();
  }

  private static double rounded(double amount) {
    return Math.rint(amount * STEPS) / STEPS;
  }
}
