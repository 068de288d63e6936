package io.homeport.store;

import io.homeport.state.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.ACL;

/**
 * Which nodes there are, as the one writer knows: ZooKeeper has different operations to create and
 * to replace, and none to remove by prefix.
 */
final class ZooKeeperContents {
  /** What an operation takes beside its path and its content, in bytes, at most. */
  static final int OVERHEAD_BYTES = 200;

  private static final int ANY_VERSION = -1;

  private final ZooKeeperLayout layout;
  private final List<ACL> acl;
  private final Map<RecordKind, SortedSet<String>> keys = new EnumMap<>(RecordKind.class);
  private final Set<String> buckets = new HashSet<>();
  private long sequence;
  private int version;

  ZooKeeperContents(ZooKeeperLayout layout, List<ACL> acl, long sequence, int version) {
    this.layout = layout;
    this.acl = acl;
    this.sequence = sequence;
    this.version = version;
    for (RecordKind kind : RecordKind.values()) {
      keys.put(kind, new TreeSet<>());
    }
  }

  /**
   * A commit that can be sent, any number of times.
   *
   * @param mark what the sequence node says once it has landed
   * @param operations the multi; the first moves the sequence node
   * @param writes the records it leaves: a body, or none for those that are gone
   * @param newBuckets the buckets it makes
   * @param bytes about how large it is, from above
   */
  record Commit(
      String mark,
      List<Op> operations,
      Map<Node, Optional<byte[]>> writes,
      Set<String> newBuckets,
      long bytes) {}

  /** A record's place. */
  record Node(RecordKind kind, String key) {}

  /** The number of the last commit. */
  long sequence() {
    return sequence;
  }

  /** The sequence node's version in ZooKeeper. */
  int version() {
    return version;
  }

  void add(RecordKind kind, String key) {
    keys(kind).add(key);
  }

  void addBuckets(Collection<String> paths) {
    buckets.addAll(paths);
  }

  private SortedSet<String> keys(RecordKind kind) {
    return keys.computeIfAbsent(kind, _ -> new TreeSet<>());
  }

  /** Plans a commit; nothing here is changed by that. */
  Commit plan(List<Change.Stored> changes, String writer) {
    Map<Node, Optional<byte[]>> writes = new LinkedHashMap<>();
    RecordEdit.of(changes).forEach(edit -> collect(edit, writes));
    String mark = (sequence + 1) + " " + writer;
    List<Op> operations = new ArrayList<>();
    Set<String> newBuckets = new HashSet<>();
    operations.add(Op.setData(layout.sequence(), mark.getBytes(StandardCharsets.UTF_8), version));
    long bytes = OVERHEAD_BYTES;
    for (Map.Entry<Node, Optional<byte[]>> write : writes.entrySet()) {
      bytes += add(operations, newBuckets, write.getKey(), write.getValue());
    }
    return new Commit(mark, operations, writes, newBuckets, bytes);
  }

  /** Of several edits of a record, the last one counts. */
  private void collect(RecordEdit edit, Map<Node, Optional<byte[]>> writes) {
    switch (edit) {
      case RecordEdit.Put put ->
          writes.put(
              new Node(put.kind(), put.key()), Optional.of(ZooKeeperLayout.pack(put.body())));
      case RecordEdit.Remove remove ->
          writes.put(new Node(remove.kind(), remove.key()), Optional.empty());
      case RecordEdit.RemoveAll all -> {
        writes.replaceAll(
            (node, body) ->
                node.kind() == all.kind() && node.key().startsWith(all.prefix())
                    ? Optional.empty()
                    : body);
        for (String key : keys(all.kind()).subSet(all.prefix(), all.end())) {
          writes.put(new Node(all.kind(), key), Optional.empty());
        }
      }
    }
  }

  private long add(
      List<Op> operations, Set<String> newBuckets, Node node, Optional<byte[]> content) {
    boolean exists = keys(node.kind()).contains(node.key());
    String path = layout.node(node.kind(), node.key());
    if (content.isEmpty()) {
      if (exists) {
        operations.add(Op.delete(path, ANY_VERSION));
      }
      return (long) OVERHEAD_BYTES + path.length();
    }
    byte[] body = content.get();
    long bytes = OVERHEAD_BYTES + path.length() + (long) body.length;
    if (exists) {
      operations.add(Op.setData(path, body, ANY_VERSION));
      return bytes;
    }
    String bucket = layout.bucket(node.kind(), node.key());
    if (!buckets.contains(bucket) && newBuckets.add(bucket)) {
      operations.add(Op.create(bucket, new byte[0], acl, CreateMode.PERSISTENT));
      bytes += OVERHEAD_BYTES;
    }
    operations.add(Op.create(path, body, acl, CreateMode.PERSISTENT));
    return bytes;
  }

  /** A commit has landed. */
  void done(Commit commit, int newVersion) {
    sequence++;
    version = newVersion;
    buckets.addAll(commit.newBuckets());
    commit
        .writes()
        .forEach(
            (node, body) -> {
              if (body.isPresent()) {
                keys(node.kind()).add(node.key());
              } else {
                keys(node.kind()).remove(node.key());
              }
            });
  }
}
