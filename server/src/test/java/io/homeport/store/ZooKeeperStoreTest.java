package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.model.AppId;
import io.homeport.model.RunCommand;
import io.homeport.runtime.PrivateFile;
import io.homeport.runtime.Snapshot;
import io.homeport.runtime.Store;
import io.homeport.runtime.Store.Outcome;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.TransientState;
import io.homeport.testing.ServerPorts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ZooKeeperStoreTest extends StoreContract {
  private TestingServer server;
  private CuratorFramework client;

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer(ServerPorts.next());
    client =
        CuratorFrameworkFactory.builder()
            .connectString(server.getConnectString())
            .sessionTimeoutMs(10_000)
            .connectionTimeoutMs(5_000)
            .retryPolicy(new RetryNTimes(20, 250))
            .build();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  @Override
  Store open() throws StoreException {
    return ZooKeeperStore.open(client, "/homeport", ZooDefs.Ids.OPEN_ACL_UNSAFE);
  }

  @Test
  void readingEverythingFencesWhoeverWroteBefore() throws Exception {
    try (Store deposed = open();
        Store leader = open()) {
      assertThat(deposed.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));

      assertThat(deposed.takenOver()).isEmpty();

      assertThat(leader.load(_ -> {})).isEqualTo(1);

      assertThat(leader.takenOver()).isEmpty();
      assertThat(deposed.takenOver()).hasValueSatisfying(why -> assertThat(why).contains("leads"));
      assertThat(deposed.commit(1, oneChange(2))).isInstanceOf(Outcome.Refused.class);
      assertThat(leader.commit(1, oneChange(3))).isEqualTo(new Outcome.Committed(2));
      assertThat(loaded(leader).term()).isEqualTo("term3");
    }
  }

  @Test
  void whoHasNotReadItDoesNotLead() throws Exception {
    try (Store store = open()) {
      assertThat(store.takenOver()).isPresent();
    }
  }

  @Test
  void whoLeadsIsKnownAgainAfterAnOutage() throws Exception {
    try (Store store = open()) {
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
      server.stop();
      CompletableFuture<java.util.Optional<String>> answer =
          CompletableFuture.supplyAsync(store::takenOver);
      server.restart();
      assertThat(answer.get()).isEmpty();
    }
  }

  @Test
  void aCommitDuringAnOutageEndsInCertaintyOnceTheServersAreBack() throws Exception {
    try (Store store = open()) {
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
      server.stop();
      CompletableFuture<Outcome> outcome =
          CompletableFuture.supplyAsync(() -> store.commit(1, oneChange(2)));
      server.restart();
      assertThat(outcome.get()).isEqualTo(new Outcome.Committed(2));
      assertThat(store.commit(2, oneChange(3))).isEqualTo(new Outcome.Committed(3));
      assertThat(loaded(store).term()).isEqualTo("term3");
    }
  }

  @Test
  void readingGoesOnAfterAnOutageInTheMidstOfIt() throws Exception {
    int many = 5_000;
    try (Store store = open()) {
      long sequence = 0;
      for (int first = 0; first < many; first += 100) {
        List<Change.Stored> changes = new ArrayList<>();
        IntStream.range(first, first + 100)
            .forEach(number -> changes.addAll(GoldenSamples.many(number)));
        assertThat(store.commit(sequence++, changes)).isInstanceOf(Outcome.Committed.class);
      }
      List<Change.Stored> found = new ArrayList<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      store.load(
          change -> {
            if (change instanceof Change.InstancePut && !interrupted.getAndSet(true)) {
              interruptConnections();
            }
            found.add(change);
          });
      assertThat(interrupted).isTrue();
      List<Change.Stored> undisturbed = new ArrayList<>();
      store.load(undisturbed::add);
      assertThat(found.size()).isEqualTo(undisturbed.size()).isGreaterThan(2 * many - 1);
      assertThat(found.equals(undisturbed)).isTrue();
    }
  }

  private void interruptConnections() {
    try {
      server.stop();
      server.restart();
    } catch (Exception e) { // what Curator declares
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNewerFormatIsRefusedUntouched() throws Exception {
    open().close();
    client.setData().forPath("/homeport/state/format", "2".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("has format 2", "knows formats up to 1", "newer version");
    assertThat(client.getData().forPath("/homeport/state/format")).isEqualTo(new byte[] {'2'});
  }

  @Test
  void aRecordThatIsNotUnderstoodIsNamed() throws Exception {
    try (Store store = open()) {
      assertThat(store.commit(0, oneChange(1))).isInstanceOf(Outcome.Committed.class);
      String node = new ZooKeeperLayout("/homeport").node(RecordKind.TERM, "");
      client.setData().forPath(node, "{}".getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> store.load(_ -> {}))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("record term", "Nothing was changed");
    }
  }

  @Test
  void whatIsMoreThanOneMessageIsRefusedWithTheLimitAndWritesNothing() throws Exception {
    Random random = new Random(1);
    StringBuilder noise = new StringBuilder();
    IntStream.range(0, 1_400_000).forEach(_ -> noise.append((char) ('!' + random.nextInt(90))));
    List<Change.Stored> large =
        List.of(
            new Change.AppPut(
                GoldenSamples.minimalApp(
                    new RunCommand.Shell(noise.toString()), new AppId("/large"))));
    try (Store store = open()) {
      assertThat(store.tooLarge(oneChange(1))).isEmpty();
      assertThat(store.tooLarge(large))
          .hasValueSatisfying(why -> assertThat(why).contains("960,000"));

      assertThat(store.commit(0, large)).isInstanceOf(Outcome.Full.class);

      assertThat(loaded(store).apps()).isEmpty();
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
    }
  }

  @Test
  void aCommitAsLargeAsTheLoopMakesThemFits() throws Exception {
    try (Store store = open()) {
      List<Change.Stored> changes = new ArrayList<>();
      for (int i = 0; changes.size() < 2 * store.limits().changes(); i++) {
        changes.addAll(GoldenSamples.many(i));
      }
      assertThat(store.commit(0, changes.subList(0, store.limits().changes())))
          .isEqualTo(new Outcome.Committed(1));
      assertThat(loaded(store).instances()).isNotEmpty();
    }
  }

  @Test
  void aBackupTakesThePlaceOfWhatWasThereAndHalfARestoreIsNoState() throws Exception {
    Path directory = Files.createTempDirectory("restore");
    List<Change.Stored> old = new ArrayList<>();
    old.add(new Change.InstallationNamed("k3j9"));
    IntStream.range(0, 3_000).forEach(number -> old.addAll(GoldenSamples.many(number)));
    DurableState backedUp = DurableState.EMPTY;
    for (Change.Stored change : old) {
      backedUp = backedUp.apply(change);
    }
    Snapshot snapshot =
        new Snapshot(new ClusterState(backedUp, TransientState.EMPTY), 7, Instant.EPOCH);
    Path file = directory.resolve("state.backup");
    PrivateFile.write(file, out -> Backup.write(snapshot, "1", out));
    try (Store before = open()) {
      before.commit(
          0, List.of(new Change.InstallationNamed("k3j9"), GoldenSamples.appNamed("/gone")));
    }
    client
        .setData()
        .forPath("/homeport/state/format", "restoring".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("half restored");

    try (Store store =
        ZooKeeperStore.openToRestore(client, "/homeport", ZooDefs.Ids.OPEN_ACL_UNSAFE)) {
      Restore done =
          Restore.into(store, Backup.read(file), directory, "1", Instant.ofEpochSecond(1));
      assertThat(Backup.read(done.kept().orElseThrow()).state().apps()).hasSize(1);
    }
    try (Store store = open()) {
      DurableState found = loaded(store);
      assertThat(found.apps()).isEmpty();
      assertThat(found.reservations()).isEqualTo(backedUp.reservations());
      assertThat(found.safeMode()).isPresent();
    }
  }
}
