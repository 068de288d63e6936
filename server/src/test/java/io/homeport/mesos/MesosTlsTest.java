package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.mesos.testing.Settings;
import io.homeport.mesos.testing.TestMesos;
import io.homeport.model.ClusterEvent;
import io.homeport.state.ClusterState;
import io.homeport.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Mesos that speaks TLS and lets in who shows a certificate. */
final class MesosTlsTest {
  @TempDir private Path dir;

  private TestCertificate masters;
  private TestCertificate ours;
  private TestMesos mesos;

  @BeforeEach
  void begin() throws Exception {
    masters = TestCertificate.make(dir, "masters");
    ours = TestCertificate.make(dir, "ours");
    mesos = TestMesos.start(dir.resolve("mesos"), Settings.of(1).withTls(masters.trusting(ours)));
  }

  @AfterEach
  void end() {
    mesos.close();
  }

  private MesosOptions.Security security(
      Optional<Path> authority, Optional<TestCertificate> shown) {
    return new MesosOptions.Security(
        Optional.empty(),
        Optional.empty(),
        authority,
        shown.map(TestCertificate::certificate),
        shown.map(TestCertificate::key),
        true);
  }

  @Test
  void whoTrustsItsAuthorityAndShowsACertificateIsConnected() throws Exception {
    MesosOptions.Security security =
        security(Optional.of(masters.certificate()), Optional.of(ours));
    BlockingQueue<ClusterEvent> events = new LinkedBlockingQueue<>();
    BlockingQueue<String> fatal = new LinkedBlockingQueue<>();
    try (MesosEngine engine =
        MesosEngine.open(
            TestOptions.secured(mesos.address(), security), () -> ClusterState.EMPTY, fatal::add)) {
      engine.start("installation", Optional.empty(), events::add);

      ClusterEvent first = events.poll(30, TimeUnit.SECONDS);

      assertThat(fatal).isEmpty();
      assertThat(first).isInstanceOf(ClusterEvent.Connected.class);
    }
  }

  private void askFor(MesosOptions.Security security) throws IOException, InterruptedException {
    try (MesosHttp http = new MesosHttp(security, Encoding.PROTOBUF)) {
      new OperatorApi(http, URI.create("https://" + mesos.address())).agents();
    }
  }

  @Test
  void anotherAuthorityOrNoCertificateIsRefused() throws Exception {
    askFor(security(Optional.of(masters.certificate()), Optional.of(ours)));
    assertThatThrownBy(() -> askFor(security(Optional.of(ours.certificate()), Optional.of(ours))))
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> askFor(security(Optional.of(masters.certificate()), Optional.empty())))
        .isInstanceOf(IOException.class);
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    Path junk = Files.writeString(dir.resolve("junk"), "junk");
    assertThatThrownBy(() -> askFor(security(Optional.of(junk), Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("TLS to Mesos");
    TestCertificate keyless = new TestCertificate(ours.certificate(), junk, ours.keys());
    assertThatThrownBy(() -> askFor(security(Optional.empty(), Optional.of(keyless))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(junk.toString());
  }
}
