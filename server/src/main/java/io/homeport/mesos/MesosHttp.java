package io.homeport.mesos;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.mesos.protobuf.Message;

/** HTTP to masters and agents: kept connections, credentials, TLS, and the encoding chosen. */
final class MesosHttp implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(15);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final Encoding encoding;
  private final Optional<String> authorization;

  /**
   * A client.
   *
   * @param security credentials and certificates
   * @param encoding what the wire carries
   * @throws IOException when a file of the settings cannot be used
   */
  MesosHttp(MesosOptions.Security security, Encoding encoding) throws IOException {
    this.encoding = encoding;
    this.authorization = authorization(security);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads);
    Tls.context(security).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  private static Optional<String> authorization(MesosOptions.Security security) throws IOException {
    if (security.principal().isEmpty() || security.secretFile().isEmpty()) {
      return Optional.empty();
    }
    String secret = Files.readString(security.secretFile().get()).replaceFirst("\\R$", "");
    String pair = security.principal().get() + ":" + secret;
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the wire carries. */
  Encoding encoding() {
    return encoding;
  }

  /** Where long work is done. */
  ExecutorService threads() {
    return threads;
  }

  private HttpRequest.Builder post(URI uri, Message body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", encoding.mediaType())
            .header("Accept", encoding.mediaType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(encoding.encode(body)));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /** Posts a message and waits for the head of an answer whose body goes on for ever. */
  HttpResponse<InputStream> stream(URI uri, Message body) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(post(uri, body).build(), HttpResponse.BodyHandlers.ofInputStream());
    try {
      return answer.get(HEAD_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      boolean _ = answer.cancel(true);
      throw new IOException("no answer within " + HEAD_TIMEOUT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  /**
   * Posts a message of a subscribed framework.
   *
   * @param streamId of the subscription
   */
  CompletableFuture<HttpResponse<byte[]>> send(
      URI uri, Message body, String streamId, Duration timeout) {
    HttpRequest request =
        post(uri, body).header("Mesos-Stream-Id", streamId).timeout(timeout).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /**
   * Asks the operator API of a master or an agent.
   *
   * @param answer filled with the answer
   * @throws HttpRefusedException when it answers with anything but a success
   * @throws IOException when it cannot be reached or understood
   */
  <B extends Message.Builder> B ask(URI uri, Message question, B answer, Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest request = post(uri, question).timeout(timeout).build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new HttpRefusedException(
          response.statusCode(),
          new String(response.body(), StandardCharsets.UTF_8),
          leader(uri, response));
    }
    return response.body().length == 0 ? answer : encoding.decode(response.body(), answer);
  }

  /** Where a master that does not lead sends us: {@code //host:port/path} or a whole address. */
  static Optional<URI> leader(URI asked, HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Location")
        .map(asked::resolve)
        .filter(to -> to.getHost() != null)
        .map(to -> URI.create(to.getScheme() + "://" + to.getAuthority()));
  }

  /** An answer that is not a success. */
  static final class HttpRefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String body;
    private final transient Optional<URI> leader;

    HttpRefusedException(int status, String body, Optional<URI> leader) {
      super(Refusal.of(status, body, false).sentence());
      this.status = status;
      this.body = body;
      this.leader = leader;
    }

    /** Who leads instead, if it said so. */
    Optional<URI> leader() {
      return leader;
    }

    /** The HTTP status. */
    int status() {
      return status;
    }

    /** What was said. */
    String body() {
      return body;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
