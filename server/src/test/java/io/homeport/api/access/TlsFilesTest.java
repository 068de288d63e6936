package io.homeport.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import io.homeport.testing.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, with certificates made by the JDK's keytool. */
class TlsFilesTest {
  @TempDir Path dir;

  private TestCertificate pair(String name) throws Exception {
    return TestCertificate.make(dir, name);
  }

  @Test
  void connectionsAreEncryptedWithTheCertificate() throws Exception {
    TestCertificate pair = pair("one");
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .tls(TlsFiles.read(pair.certificate(), pair.key()))
            .routing(routing -> routing.any((request, response) -> response.send("secret")))
            .build()
            .start();
    try (HttpClient client = HttpClient.newBuilder().sslContext(pair.trusting(pair)).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("secret");
    } finally {
      server.stop();
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    TestCertificate one = pair("one");
    TestCertificate other = pair("other");
    assertThatThrownBy(() -> TlsFiles.read(one.certificate(), other.key()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("is not the key of the certificate");
  }

  @Test
  void whatIsMissingOrNoPemIsSaid() throws Exception {
    TestCertificate pair = pair("one");
    assertThatThrownBy(() -> TlsFiles.read(dir.resolve("nothing"), pair.key()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("is not there");
    Path junk = Files.writeString(dir.resolve("junk"), "junk");
    assertThatThrownBy(() -> TlsFiles.read(junk, pair.key()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("PEM");
  }
}
