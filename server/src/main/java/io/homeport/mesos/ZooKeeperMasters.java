package io.homeport.mesos;

import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Masters found in ZooKeeper, where each keeps a node with a description of itself in JSON; the one
 * with the lowest sequence number leads (Mesos documentation, high availability).
 */
final class ZooKeeperMasters implements MasterDiscovery {
  private static final Pattern SHAPE = Pattern.compile("zk://(?:([^@/]+)@)?([^/@]+)(/.+?)/?");
  private static final Pattern NODE = Pattern.compile("json\\.info_\\d+");
  private static final int SESSION_MILLIS = 10_000;
  private static final int CONNECTION_MILLIS = 5_000;

  private final CuratorFramework client;
  private final String path;
  private final String scheme;
  private boolean started;

  private ZooKeeperMasters(CuratorFramework client, String path, String scheme) {
    this.client = client;
    this.path = path;
    this.scheme = scheme;
  }

  /**
   * Reads {@code zk://[user:password@]h1:2181,h2:2181/path}.
   *
   * @param text the address
   * @param scheme of the masters, whose nodes do not say
   */
  static ZooKeeperMasters of(String text, String scheme) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "must look like zk://host1:2181,host2:2181/mesos, and is "
              + text.replaceFirst("//[^@/]+@", "//...@"));
    }
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(shape.group(2))
            .sessionTimeoutMs(SESSION_MILLIS)
            .connectionTimeoutMs(CONNECTION_MILLIS)
            .retryPolicy(new RetryOneTime(1_000))
            // What the servers call themselves may be names that only they can reach.
            .ensembleTracker(false);
    Optional.ofNullable(shape.group(1))
        .ifPresent(
            user ->
                builder.authorization(
                    "digest", user.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return new ZooKeeperMasters(builder.build(), shape.group(3), scheme);
  }

  @Override
  public List<URI> candidates() throws IOException, InterruptedException {
    if (!started) {
      client.start();
      started = true;
    }
    if (!client.blockUntilConnected(CONNECTION_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IOException("ZooKeeper is out of reach");
    }
    try {
      String leader =
          client.getChildren().forPath(path).stream()
              .filter(name -> NODE.matcher(name).matches())
              .min(Comparator.comparing(name -> name.substring(name.lastIndexOf('_'))))
              .orElseThrow(() -> new IOException("no master leads: " + path + " lists none"));
      return List.of(address(client.getData().forPath(path + "/" + leader), scheme));
    } catch (IOException | InterruptedException e) {
      throw e;
    } catch (Exception e) { // what Curator declares
      throw new IOException("ZooKeeper does not tell who leads: " + e.getMessage(), e);
    }
  }

  /** The address in a master's description of itself. */
  static URI address(byte[] info, String scheme) throws IOException {
    try {
      JsonNode json = ProtobufJson.MAPPER.readTree(info);
      JsonNode address = json.path("address");
      String host = address.path("hostname").asString(address.path("ip").asString(""));
      int port = address.path("port").asInt(0);
      if (host.isEmpty() || port == 0) {
        throw new IOException("a master's node in ZooKeeper names no address: " + json);
      }
      return URI.create(scheme + "://" + host + ":" + port);
    } catch (JacksonException e) {
      throw new IOException("a master's node in ZooKeeper is not JSON", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
