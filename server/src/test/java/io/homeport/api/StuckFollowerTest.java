package io.homeport.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Event;
import io.homeport.runtime.EventJournal;
import io.homeport.runtime.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StuckFollowerTest {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final EventJournal journal = new EventJournal(0, new EventJournal.Window(10, 1 << 20));

  private void publish(int events) {
    journal.append(
        1, Instant.EPOCH, Collections.nCopies(events, new Event.SchedulerDisconnected()));
  }

  @Test
  void whoDoesNotReadIsCutOffOnceItIsBehindWhatIsRetained() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket server = listening.accept()) {
      assertThat(client.isConnected()).isTrue();
      CompletableFuture<String> end = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try (Subscription subscription = journal.subscribe(Optional.empty());
                    StuckFollower _ = StuckFollower.watch(subscription, PAUSE)) {
                  publish(11);
                  fill(server.getOutputStream());
                } catch (IOException cut) {
                  end.complete("cut");
                }
              });

      assertThat(end.get(1, TimeUnit.MINUTES)).isEqualTo("cut");
    }
  }

  private static void fill(OutputStream client) throws IOException {
    while (true) {
      client.write(new byte[1 << 20]);
    }
  }

  @Test
  void whoKeepsUpIsLeftAlone() throws Exception {
    CompletableFuture<List<Subscription.Taken>> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Subscription subscription = journal.subscribe(Optional.empty());
                  StuckFollower _ = StuckFollower.watch(subscription, PAUSE)) {
                publish(10);
                Thread.sleep(PAUSE.multipliedBy(10));
                end.complete(List.of(subscription.take(Duration.ZERO)));
              } catch (InterruptedException cut) {
                end.completeExceptionally(cut);
              }
            });

    assertThat(end.get(1, TimeUnit.MINUTES))
        .singleElement()
        .isInstanceOfSatisfying(
            Subscription.Taken.Events.class, taken -> assertThat(taken.events()).hasSize(10));
  }
}
