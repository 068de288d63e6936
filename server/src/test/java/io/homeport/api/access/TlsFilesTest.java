package io.homeport.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, with certificates made by the JDK's keytool. */
class TlsFilesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path dir;

  /** A certificate and its key in PEM files, and what a client needs to trust it. */
  private record Pair(Path certificate, Path key, Certificate trusted) {}

  private Pair pair(String name) throws Exception {
    Path store = dir.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
        .as(output)
        .isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    Certificate certificate = keys.getCertificate(name);
    return new Pair(
        pem(name + ".crt", "CERTIFICATE", certificate.getEncoded()),
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()),
        certificate);
  }

  private Path pem(String name, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        dir.resolve(name),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  @Test
  void connectionsAreEncryptedWithTheCertificate() throws Exception {
    Pair pair = pair("one");
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .tls(TlsFiles.read(pair.certificate(), pair.key()))
            .routing(routing -> routing.any((request, response) -> response.send("secret")))
            .build()
            .start();
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(pair)).build()) {
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

  private static SSLContext trusting(Pair pair) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", pair.trusted());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Pair one = pair("one");
    Pair other = pair("other");
    assertThatThrownBy(() -> TlsFiles.read(one.certificate(), other.key()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("is not the key of the certificate");
  }

  @Test
  void whatIsMissingOrNoPemIsSaid() throws Exception {
    Pair pair = pair("one");
    assertThatThrownBy(() -> TlsFiles.read(dir.resolve("nothing"), pair.key()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("is not there");
    Path junk = Files.writeString(dir.resolve("junk"), "junk");
    assertThatThrownBy(() -> TlsFiles.read(junk, pair.key()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("PEM");
  }
}
