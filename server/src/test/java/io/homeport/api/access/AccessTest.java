package io.homeport.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as they come over the wire, to a server with access control and one route behind it. */
class AccessTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  @TempDir Path dir;
  private @Nullable WebServer server;

  /** An answer: its status and all of it as text. */
  private record Answer(int status, String text) {
    String cookie() {
      return text.replaceAll("(?s).*Set-Cookie: (homeport-session=[^;]*);.*", "$1");
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private void start(boolean root, boolean insecure, Optional<Path> credentials, String... names)
      throws AccessException {
    Access access =
        Access.open(
            new AccessSettings(
                "127.0.0.1",
                root,
                insecure,
                dir.resolve("token"),
                credentials,
                false,
                List.of(names)));
    HttpRouting.Builder routing = HttpRouting.builder();
    access.protect(routing);
    routing.any((request, response) -> response.send("behind"));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(routing)
            .build()
            .start();
  }

  private Path credentials(String text) throws IOException {
    Path file = dir.resolve("credentials");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /** Sends exactly these headers; the JDK's client would not let us choose Host and Origin. */
  private Answer send(String method, String path, String body, String... headers)
      throws IOException {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    boolean host = false;
    for (String header : headers) {
      request.append(header).append("\r\n");
      host |= header.toLowerCase(Locale.ROOT).startsWith("host:");
    }
    if (!host) {
      request.append("Host: 127.0.0.1:").append(server.port()).append("\r\n");
    }
    request.append("Content-Length: ").append(body.length()).append("\r\n");
    request.append("Connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      String text = answer(socket.getInputStream());
      return new Answer(Integer.parseInt(text.split(" ", 3)[1]), text);
    }
  }

  /** Reads one answer; the server may keep the connection. */
  private static String answer(InputStream stream) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = stream.read();
      if (next < 0) {
        return text.toString();
      }
      text.append((char) next);
    }
    Matcher length = LENGTH.matcher(text);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return text + new String(stream.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private String token() throws IOException {
    return Files.readString(dir.resolve("token")).strip();
  }

  @Test
  void anOpenServerLetsEverybodyIn() throws Exception {
    start(false, false, Optional.empty());
    assertThat(send("GET", "/v2/apps", "").text()).contains("behind");
    assertThat(send("GET", "/v2/session", "").text()).contains("\"mode\":\"open\"");
    assertThat(dir.resolve("token")).doesNotExist();
  }

  @Test
  void theTokenOpensAServerOfRoot() throws Exception {
    start(true, false, Optional.empty());
    assertThat(Files.getPosixFilePermissions(dir.resolve("token")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Answer refused = send("GET", "/v2/apps", "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text())
        .contains("WWW-Authenticate: Bearer", "\"code\":\"unauthorized\"", "token");
    assertThat(send("GET", "/metrics", "").status()).isEqualTo(401);
    assertThat(send("GET", "/ping", "").status()).isEqualTo(200);
    assertThat(send("GET", "/ui/assets/x.js", "").status()).isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", "Authorization: Bearer " + token()).text())
        .contains("behind");
    assertThat(send("GET", "/v2/apps", "", "Authorization: Bearer x" + token()).status())
        .isEqualTo(401);
    assertThat(send("GET", "/v2/apps?token=" + token(), "").status()).isEqualTo(401);
  }

  @Test
  void theTokenStaysTheSame() throws Exception {
    start(true, false, Optional.empty());
    String first = token();
    stop();
    start(true, false, Optional.empty());
    assertThat(token()).isEqualTo(first).hasSizeGreaterThan(40);
  }

  @Test
  void aTokenFileThatOthersMayReadIsRefused() throws Exception {
    start(true, false, Optional.empty());
    stop();
    Files.setPosixFilePermissions(
        dir.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> start(true, false, Optional.empty()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void credentialsOpenAsWell() throws Exception {
    start(
        false,
        false,
        Optional.of(credentials("# people\nbasic ann correct horse\nbearer robot abcdefgh\n")));
    String basic =
        Base64.getEncoder().encodeToString("ann:correct horse".getBytes(StandardCharsets.UTF_8));
    assertThat(send("GET", "/v2/apps", "", "Authorization: Basic " + basic).status())
        .isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", "Authorization: Bearer abcdefgh").status())
        .isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", "Authorization: Bearer " + token()).status())
        .isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", "Authorization: Basic !!!").status()).isEqualTo(401);
    assertThat(send("GET", "/v2/apps", "", "Authorization: Basic").status()).isEqualTo(401);
    assertThat(send("GET", "/v2/apps", "").text()).contains("WWW-Authenticate: Basic");
  }

  @Test
  void mistakesInTheCredentialsFileAreAllSaidAndSecretsAreNot() throws Exception {
    Path file = credentials("basic ann\nbearer robot short\nadmin root secretsecret\n");
    assertThatThrownBy(() -> start(false, false, Optional.of(file)))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("line 1:")
        .hasMessageContaining("line 2:")
        .hasMessageContaining("line 3:")
        .satisfies(
            refusal -> assertThat(refusal.getMessage()).doesNotContain("short", "secretsecret"));
  }

  @Test
  void aBrowserLogsInAndOut() throws Exception {
    start(true, false, Optional.empty());
    assertThat(send("POST", "/login", "{\"token\": \"wrong\"}").status()).isEqualTo(401);
    assertThat(send("POST", "/login", "[[").status()).isEqualTo(400);
    Answer login = send("POST", "/login", "{\"token\": \"" + token() + "\"}");
    assertThat(login.status()).isEqualTo(200);
    assertThat(login.text()).contains("HttpOnly", "SameSite=Strict").doesNotContain(token());
    String cookie = "Cookie: " + login.cookie();
    assertThat(send("GET", "/v2/apps", "", cookie).status()).isEqualTo(200);
    assertThat(send("GET", "/v2/session", "", cookie).text()).contains("\"authenticated\":true");
    assertThat(send("POST", "/logout", "", cookie).status()).isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", cookie).status()).isEqualTo(401);
    assertThat(send("GET", "/v2/session", "").text()).contains("\"authenticated\":false");
  }

  @Test
  void namesThatAreLedToThisMachineAreRefused() throws Exception {
    start(false, false, Optional.empty(), "homeport.example");
    assertThat(send("GET", "/v2/apps", "", "Host: evil.example").status()).isEqualTo(403);
    assertThat(send("GET", "/v2/apps", "", "Host: evil.example:80").text())
        .contains("--http-host-name evil.example");
    assertThat(send("GET", "/v2/apps", "", "Host: localhost:8080").status()).isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", "Host: [::1]:8080").status()).isEqualTo(200);
    assertThat(send("GET", "/v2/apps", "", "Host: HOMEPORT.example").status()).isEqualTo(200);
  }

  @Test
  void pagesOfOtherSitesChangeNothing() throws Exception {
    start(false, true, Optional.empty());
    String body = "{}";
    String host = "Host: localhost:1";
    assertThat(send("POST", "/v2/apps", body, host, "Origin: http://evil.example").status())
        .isEqualTo(403);
    assertThat(send("POST", "/v2/apps", body, host, "Origin: null").status()).isEqualTo(403);
    assertThat(send("DELETE", "/v2/apps/x", "", host, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
    assertThat(send("POST", "/v2/apps", body, host, "Sec-Fetch-Site: same-site").status())
        .isEqualTo(403);
    assertThat(
            send(
                    "POST",
                    "/v2/apps",
                    body,
                    host,
                    "Origin: http://localhost:1",
                    "Sec-Fetch-Site: same-origin")
                .status())
        .isEqualTo(200);
    Answer read = send("GET", "/v2/apps", "", host, "Origin: http://evil.example");
    assertThat(read.text()).doesNotContainIgnoringCase("access-control-allow");
  }
}
