package io.homeport.mesos.testing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/**
 * How the Mesos of a test is set up.
 *
 * @param hosts a number for each agent, from which its host name is made
 * @param resources of each agent
 * @param heartbeat between two heartbeats
 * @param pingTimeout after which an agent that does not answer is unreachable
 * @param resend after which an update that is not acknowledged is sent again
 * @param reregister how long agents take to find a new master
 * @param quota whether a volume that grows over its size ends its task
 * @param feedback whether agents can tell what became of operations
 * @param credentials {@code principal:secret} that every request must carry, if any
 * @param tls how connections are encrypted, if they are; clients must show a certificate then
 */
public record Settings(
    List<Integer> hosts,
    List<Resource> resources,
    Duration heartbeat,
    Duration pingTimeout,
    Duration resend,
    Duration reregister,
    boolean quota,
    boolean feedback,
    Optional<String> credentials,
    Optional<SSLContext> tls) {
  /** Agents like those of the recordings; everything faster than there. */
  public static Settings of(int agents) {
    return on(IntStream.rangeClosed(1, agents).boxed().toList());
  }

  /** The same on hosts with those numbers. */
  public static Settings on(List<Integer> hosts) {
    return new Settings(
        hosts,
        resources(4, 4096, 10_000),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        false,
        true,
        Optional.empty(),
        Optional.empty());
  }

  /** An agent's resources, with ports from 31000 to 32000. */
  public static List<Resource> resources(double cpus, double mem, double disk) {
    Resource.Builder ports = Resource.newBuilder().setName("ports").setType(Value.Type.RANGES);
    ports.getRangesBuilder().addRangeBuilder().setBegin(31_000).setEnd(32_000);
    return List.of(scalar("cpus", cpus), scalar("mem", mem), scalar("disk", disk), ports.build());
  }

  private static Resource scalar(String name, double amount) {
    Resource.Builder resource = Resource.newBuilder().setName(name).setType(Value.Type.SCALAR);
    resource.getScalarBuilder().setValue(amount);
    return resource.build();
  }

  /** The same with volumes that are held to their size. */
  public Settings withQuota() {
    return new Settings(
        hosts,
        resources,
        heartbeat,
        pingTimeout,
        resend,
        reregister,
        true,
        feedback,
        credentials,
        tls);
  }

  /** The same with agents that take their time to find a new master. */
  public Settings withReregister(Duration pause) {
    return new Settings(
        hosts, resources, heartbeat, pingTimeout, resend, pause, quota, feedback, credentials, tls);
  }

  /** The same with other resources of each agent. */
  public Settings withResources(List<Resource> other) {
    return new Settings(
        hosts,
        other,
        heartbeat,
        pingTimeout,
        resend,
        reregister,
        quota,
        feedback,
        credentials,
        tls);
  }

  /** The same with agents that cannot tell what became of operations. */
  public Settings withoutFeedback() {
    return new Settings(
        hosts,
        resources,
        heartbeat,
        pingTimeout,
        resend,
        reregister,
        quota,
        false,
        credentials,
        tls);
  }

  /** The same with credentials that every request must carry. */
  public Settings withCredentials(String pair) {
    return new Settings(
        hosts,
        resources,
        heartbeat,
        pingTimeout,
        resend,
        reregister,
        quota,
        feedback,
        Optional.of(pair),
        tls);
  }

  /** The same with encrypted connections to clients that show a certificate. */
  public Settings withTls(SSLContext context) {
    return new Settings(
        hosts,
        resources,
        heartbeat,
        pingTimeout,
        resend,
        reregister,
        quota,
        feedback,
        credentials,
        Optional.of(context));
  }
}
