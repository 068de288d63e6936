package io.homeport.store;

import io.homeport.state.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * The multis that the store sends for batches, made beforehand and sent without it. It is in the
 * store's package because what they hold is nobody else's business.
 */
public final class PlainMultis {
  private PlainMultis() {}

  /**
   * Sends them one after the other, each when the one before is answered.
   *
   * @param client a connection
   * @param root a path under which nothing is yet
   * @param batches what was committed to a fresh store
   * @return the seconds that sending took
   * @throws Exception when ZooKeeper refuses one
   */
  public static double send(CuratorFramework client, String root, List<List<Change.Stored>> batches)
      throws Exception {
    ZooKeeperLayout layout = new ZooKeeperLayout(root);
    for (RecordKind kind : RecordKind.values()) {
      client.create().creatingParentsIfNeeded().forPath(layout.kind(kind), new byte[0]);
    }
    client.create().forPath(layout.sequence(), "0".getBytes(StandardCharsets.UTF_8));
    ZooKeeperContents contents = new ZooKeeperContents(layout, ZooDefs.Ids.OPEN_ACL_UNSAFE, 0, 0);
    List<List<Op>> multis = new ArrayList<>();
    for (List<Change.Stored> batch : batches) {
      ZooKeeperContents.Commit commit = contents.plan(batch, "plain");
      contents.done(commit, contents.version() + 1);
      multis.add(commit.operations());
    }
    ZooKeeper zooKeeper = client.getZookeeperClient().getZooKeeper();
    long begun = System.nanoTime();
    for (List<Op> multi : multis) {
      zooKeeper.multi(multi);
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
