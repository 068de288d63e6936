package io.homeport.benchmark.scheduler;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskAssignmentResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.TaskTrackerState;
import com.netflix.fenzo.VMAssignmentResult;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import com.netflix.fenzo.VirtualMachineCurrentState;
import com.netflix.fenzo.VirtualMachineLease;
import com.netflix.fenzo.plugins.BinPackingFitnessCalculators;
import io.homeport.benchmark.harness.Took;
import io.homeport.model.AppDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.mesos.Protos;
import org.jspecify.annotations.Nullable;

/**
 * Netflix Fenzo, a scheduling library for Mesos frameworks in Java, on the same hosts and tasks. It
 * is set up as in its own {@code TestLotsOfTasks}, with the setting that is quickest there; the
 * constraint looks only at what is on the host, which is cheaper than Fenzo's own for it.
 */
final class FenzoPeer {
  static final String VERSION = "1.0.1";

  /** So many tasks are scheduled together; Fenzo looks at hosts in parallel from 30 on. */
  private static final int BATCH = 500;

  /** The first host at least so fit is taken. */
  private static final double GOOD_ENOUGH = 0.01;

  private FenzoPeer() {}

  /** Fills the hosts once. */
  static Placement.Filling fill(Mix mix) throws Exception {
    TaskScheduler scheduler =
        new TaskScheduler.Builder()
            .withFitnessCalculator(BinPackingFitnessCalculators.cpuBinPacker)
            .withFitnessGoodEnoughFunction(fitness -> fitness > GOOD_ENOUGH)
            .withLeaseOfferExpirySecs(1_000_000)
            .withLeaseRejectAction(lease -> {})
            .disableShortfallEvaluation()
            .build();
    try {
      Map<String, Free> hosts = new HashMap<>();
      List<VirtualMachineLease> leases = new ArrayList<>();
      for (int host = 0; host < mix.hosts(); host++) {
        Free free = new Free("host" + host, Mix.HOST.cpus(), Mix.HOST.mem());
        hosts.put(free.host(), free);
        leases.add(new Lease("offer" + host, free));
      }
      List<Request> requests = requests(mix);
      int[] placed = {0};
      Took took = Took.doing(() -> placed[0] = assign(scheduler, requests, leases, hosts));
      double left = hosts.values().stream().mapToDouble(Free::cpus).sum();
      return new Placement.Filling(placed[0], 1 - left / (Mix.HOST.cpus() * mix.hosts()), took);
    } finally {
      scheduler.shutdown();
    }
  }

  private static List<Request> requests(Mix mix) {
    List<Request> requests = new ArrayList<>();
    List<AppDefinition> apps = new ArrayList<>(mix.apps());
    apps.sort(Comparator.comparingDouble(app -> -app.resources().cpus())); // in Homeport's order
    for (AppDefinition app : apps) {
      ConstraintEvaluator unique = new UniqueHost(app.id().path());
      for (int instance = 0; instance < app.instances(); instance++) {
        requests.add(new Request(app, app.id().path() + "-" + instance, List.of(unique)));
      }
    }
    return requests;
  }

  private static int assign(
      TaskScheduler scheduler,
      List<Request> requests,
      List<VirtualMachineLease> first,
      Map<String, Free> hosts) {
    int placed = 0;
    List<VirtualMachineLease> leases = first;
    for (int from = 0; from < requests.size(); from += BATCH) {
      List<Request> batch = requests.subList(from, Math.min(requests.size(), from + BATCH));
      SchedulingResult result = scheduler.scheduleOnce(batch, leases);
      leases = new ArrayList<>();
      for (VMAssignmentResult host : result.getResultMap().values()) {
        Free free = Objects.requireNonNull(hosts.get(host.getHostname()));
        for (TaskAssignmentResult task : host.getTasksAssigned()) {
          scheduler.getTaskAssigner().call(task.getRequest(), host.getHostname());
          free = free.minus(task.getRequest());
          placed++;
        }
        hosts.put(free.host(), free);
        leases.add(new Lease("offer" + from + "-" + free.host(), free));
      }
    }
    return placed;
  }

  /** What is left on a host. */
  private record Free(String host, double cpus, double mem) {
    Free minus(TaskRequest request) {
      return new Free(host, cpus - request.getCPUs(), mem - request.getMemory());
    }
  }

  /** No two tasks of an app on one host. */
  private record UniqueHost(String app) implements ConstraintEvaluator {
    @Override
    public String getName() {
      return "unique host";
    }

    @Override
    public Result evaluate(
        TaskRequest request, VirtualMachineCurrentState host, TaskTrackerState tracker) {
      boolean runs = host.getRunningTasks().stream().anyMatch(this::isOfApp);
      boolean comes =
          host.getTasksCurrentlyAssigned().stream()
              .anyMatch(assigned -> isOfApp(assigned.getRequest()));
      return new Result(!runs && !comes, "another instance of the app is there");
    }

    private boolean isOfApp(TaskRequest other) {
      return other.taskGroupName().equals(app);
    }
  }

  /** A task that is to be placed. */
  private static final class Request implements TaskRequest {
    private final AppDefinition app;
    private final String id;
    private final List<ConstraintEvaluator> constraints;
    private @Nullable AssignedResources assigned;

    Request(AppDefinition app, String id, List<ConstraintEvaluator> constraints) {
      this.app = app;
      this.id = id;
      this.constraints = constraints;
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public String taskGroupName() {
      return app.id().path();
    }

    @Override
    public double getCPUs() {
      return app.resources().cpus();
    }

    @Override
    public double getMemory() {
      return app.resources().mem();
    }

    @Override
    public double getNetworkMbps() {
      return 0;
    }

    @Override
    public double getDisk() {
      return app.resourcesWithVolumes().disk();
    }

    @Override
    public int getPorts() {
      return 0;
    }

    @Override
    public Map<String, Double> getScalarRequests() {
      return Map.of();
    }

    @Override
    public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
      return Map.of();
    }

    @Override
    public List<? extends ConstraintEvaluator> getHardConstraints() {
      return constraints;
    }

    @Override
    public List<? extends VMTaskFitnessCalculator> getSoftConstraints() {
      return List.of();
    }

    @Override
    public void setAssignedResources(AssignedResources resources) {
      assigned = resources;
    }

    @Override
    public @Nullable AssignedResources getAssignedResources() {
      return assigned;
    }
  }

  /** An offer of all that is left on a host. */
  private record Lease(String id, Free free) implements VirtualMachineLease {
    @Override
    public String getId() {
      return id;
    }

    @Override
    public long getOfferedTime() {
      return 0;
    }

    @Override
    public String hostname() {
      return free.host();
    }

    @Override
    public String getVMID() {
      return free.host();
    }

    @Override
    public double cpuCores() {
      return free.cpus();
    }

    @Override
    public double memoryMB() {
      return free.mem();
    }

    @Override
    public double networkMbps() {
      return 0;
    }

    @Override
    public double diskMB() {
      return Mix.HOST.disk();
    }

    @Override
    public List<Range> portRanges() {
      return List.of(new Range(31_000, 32_000));
    }

    @Override
    public Protos.Offer getOffer() {
      return Protos.Offer.getDefaultInstance();
    }

    @Override
    public Map<String, Protos.Attribute> getAttributeMap() {
      return new HashMap<>(); // is asked for the key null
    }

    @Override
    public @Nullable Double getScalarValue(String name) {
      return null;
    }

    @Override
    public Map<String, Double> getScalarValues() {
      return Map.of();
    }
  }
}
