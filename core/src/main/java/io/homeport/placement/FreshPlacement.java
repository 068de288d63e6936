package io.homeport.placement;

import io.homeport.model.Agent;
import io.homeport.model.AppDefinition;
import io.homeport.model.Constraint;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Pool;
import io.homeport.model.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether an instance that has no home yet fits an agent. */
public final class FreshPlacement {
  private FreshPlacement() {}

  /**
   * Judges.
   *
   * @param app what the instance runs
   * @param rules the app's constraints and where its other instances are
   * @param pool what the agent offers
   * @return a fit, or every condition that is not met
   */
  public static Verdict judge(AppDefinition app, ConstraintRules rules, OfferPool pool) {
    List<Reason> reasons = new ArrayList<>(rules.unmet(pool.agent()));
    checkImage(app, pool.agent(), reasons);
    checkRole(app, reasons);
    checkResources(app.resourcesWithVolumes(), pool.free(), reasons);
    List<Integer> ports = choosePorts(app, pool, reasons);
    List<Pool.Disk> disks = chooseDisks(app, pool, reasons);
    if (!reasons.isEmpty()) {
      return new Verdict.Unfit(List.copyOf(reasons));
    }
    return new Verdict.Fits(
        ports,
        disks.stream().map(Pool.Disk::source).toList(),
        disks.stream().map(Pool.Disk::sizeMib).toList());
  }

  private static void checkImage(AppDefinition app, Agent agent, List<Reason> reasons) {
    boolean wanted = app.container().flatMap(container -> container.image()).isPresent();
    if (wanted && !agent.capabilities().contains(Agent.IMAGES)) {
      reasons.add(
          Reason.of(
              Reason.Kind.NO_CONTAINER_RUNTIME,
              "cannot run container images: neither Docker nor Podman works there"));
    }
  }

  /** Fresh reservations are made from unreserved resources alone, as in Marathon. */
  private static void checkRole(AppDefinition app, List<Reason> reasons) {
    List<String> accepted = app.acceptedResourceRoles();
    if (!accepted.isEmpty() && !accepted.contains("*")) {
      reasons.add(
          new Reason(
              Reason.Kind.UNFULFILLED_ROLE,
              "offers unreserved resources, but the app accepts only " + accepted,
              String.join(",", accepted),
              "*"));
    }
  }

  private static void checkResources(Resources wanted, Resources free, List<Reason> reasons) {
    check(Reason.Kind.INSUFFICIENT_CPUS, "cpus", wanted.cpus(), free.cpus(), reasons);
    check(Reason.Kind.INSUFFICIENT_MEMORY, "MiB of memory", wanted.mem(), free.mem(), reasons);
    check(Reason.Kind.INSUFFICIENT_DISK, "MiB of disk", wanted.disk(), free.disk(), reasons);
    check(Reason.Kind.INSUFFICIENT_GPUS, "gpus", wanted.gpus(), free.gpus(), reasons);
  }

  private static void check(
      Reason.Kind kind, String what, double wanted, double free, List<Reason> reasons) {
    if (wanted > free) {
      reasons.add(
          new Reason(
              kind,
              "has " + text(free) + " " + what + " free, " + text(wanted) + " are wanted",
              text(wanted),
              text(free)));
    }
  }

  /**
   * A number without needless decimals.
   *
   * @param amount any amount
   */
  static String text(double amount) {
    return amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
  }

  private static List<Integer> choosePorts(
      AppDefinition app, OfferPool pool, List<Reason> reasons) {
    List<AppDefinition.WantedPort> wanted = app.wantedPorts();
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Integer> fixed =
        wanted.stream().map(AppDefinition.WantedPort::number).filter(port -> port != 0).toList();
    List<Integer> missing = fixed.stream().filter(port -> !pool.ports().contains(port)).toList();
    int any = wanted.size() - fixed.size();
    List<Integer> chosen = pool.choosePorts(any, fixed);
    if (!missing.isEmpty()) {
      reasons.add(
          new Reason(
              Reason.Kind.INSUFFICIENT_PORTS,
              "does not have port " + missing + " free",
              missing.toString(),
              pool.ports().ranges().toString()));
    } else if (chosen.size() < any) {
      reasons.add(
          new Reason(
              Reason.Kind.INSUFFICIENT_PORTS,
              "has " + chosen.size() + " ports free, " + any + " are wanted",
              Integer.toString(any),
              Integer.toString(chosen.size())));
    } else {
      List<Integer> ports = new ArrayList<>();
      int next = 0;
      for (AppDefinition.WantedPort port : wanted) {
        ports.add(port.number() != 0 ? port.number() : chosen.get(next++));
      }
      return ports;
    }
    return List.of();
  }

  /** Marathon's choice: the largest path disk, the smallest mount disk that fits; biggest first. */
  private static List<Pool.Disk> chooseDisks(
      AppDefinition app, OfferPool pool, List<Reason> reasons) {
    List<PersistentVolumeSpec> specs = app.persistentVolumes();
    List<Pool.Disk> chosen = new ArrayList<>();
    if (specs.stream().allMatch(spec -> spec.type() == DiskType.ROOT)) {
      specs.forEach(spec -> chosen.add(new Pool.Disk(DiskSource.ROOT, spec.sizeMib())));
      return chosen;
    }
    List<Pool.Disk> left = new ArrayList<>(pool.disks());
    List<PersistentVolumeSpec> bySize =
        specs.stream()
            .filter(spec -> spec.type() != DiskType.ROOT)
            .sorted(Comparator.comparingDouble(PersistentVolumeSpec::sizeMib).reversed())
            .toList();
    List<Optional<Pool.Disk>> found = new ArrayList<>();
    for (PersistentVolumeSpec spec : bySize) {
      Optional<Pool.Disk> disk = chooseDisk(spec, left);
      disk.ifPresent(taken -> reduce(left, taken));
      found.add(disk);
    }
    for (PersistentVolumeSpec spec : specs) {
      if (spec.type() == DiskType.ROOT) {
        chosen.add(new Pool.Disk(DiskSource.ROOT, spec.sizeMib()));
        continue;
      }
      Optional<Pool.Disk> disk = found.get(bySize.indexOf(spec));
      if (disk.isPresent()) {
        chosen.add(disk.get());
      } else {
        reasons.add(unfit(spec));
      }
    }
    return chosen;
  }

  private static Reason unfit(PersistentVolumeSpec spec) {
    String kind = spec.type() == DiskType.PATH ? "path" : "mount";
    return new Reason(
        Reason.Kind.INSUFFICIENT_DISK,
        "has no "
            + kind
            + " disk that fits the volume "
            + spec.containerPath()
            + " of "
            + text(spec.sizeMib())
            + " MiB",
        text(spec.sizeMib()),
        "");
  }

  private static Optional<Pool.Disk> chooseDisk(PersistentVolumeSpec spec, List<Pool.Disk> left) {
    Comparator<Pool.Disk> bySize = Comparator.comparingDouble(Pool.Disk::sizeMib);
    return left.stream()
        .filter(disk -> disk.source().type() == spec.type())
        .filter(disk -> disk.sizeMib() >= spec.sizeMib())
        .filter(disk -> spec.maxSizeMib().map(max -> disk.sizeMib() <= max).orElse(true))
        .filter(disk -> spec.profileName().equals(disk.source().profileName()))
        .filter(disk -> pathFits(spec.constraints(), disk.source().path().orElse("")))
        .min(spec.type() == DiskType.PATH ? bySize.reversed() : bySize)
        .map(
            disk ->
                spec.type() == DiskType.PATH ? new Pool.Disk(disk.source(), spec.sizeMib()) : disk);
  }

  private static boolean pathFits(List<Constraint> constraints, String path) {
    for (Constraint constraint : constraints) {
      UserPattern.Outcome wanted =
          constraint.operator() == Constraint.Operator.LIKE
              ? UserPattern.Outcome.MATCHES
              : UserPattern.Outcome.DIFFERS;
      if (new UserPattern(constraint.value().orElse(".*")).match(path) != wanted) {
        return false;
      }
    }
    return true;
  }

  private static void reduce(List<Pool.Disk> left, Pool.Disk taken) {
    for (int index = 0; index < left.size(); index++) {
      Pool.Disk disk = left.get(index);
      if (disk.source().equals(taken.source()) && disk.sizeMib() >= taken.sizeMib()) {
        left.remove(index);
        if (disk.sizeMib() > taken.sizeMib()) {
          left.add(new Pool.Disk(disk.source(), disk.sizeMib() - taken.sizeMib()));
        }
        return;
      }
    }
  }
}
