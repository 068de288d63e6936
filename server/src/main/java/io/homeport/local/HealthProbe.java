package io.homeport.local;

import io.homeport.model.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Runs single health checks of one task. Marathon's HTTP and TCP forms are run here too, so they do
 * the same as the {@code MESOS_} forms.
 */
final class HealthProbe implements HealthProbes.Probe {
  private final List<Integer> ports;
  private final Function<String, Process> shell;

  /**
   * A probe.
   *
   * @param ports the task's host ports, in order
   * @param shell starts a line inside the task; throws {@link java.io.UncheckedIOException}
   */
  HealthProbe(List<Integer> ports, Function<String, Process> shell) {
    this.ports = ports;
    this.shell = shell;
  }

  @Override
  public Optional<String> run(HealthCheck check) throws InterruptedException, HealthProbes.Ignored {
    try {
      return switch (check.protocol()) {
        case COMMAND -> command(check);
        case TCP, MESOS_TCP -> tcp(check);
        case HTTP, MESOS_HTTP -> http(check, "http");
        case HTTPS, MESOS_HTTPS -> http(check, "https");
      };
    } catch (IOException | java.io.UncheckedIOException | GeneralSecurityException e) {
      return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private int port(HealthCheck check) throws IOException {
    int index = check.portIndex().orElse(0);
    if (check.port().isPresent()) {
      return check.port().get();
    }
    if (index >= ports.size()) {
      throw new IOException("the task has no port with index " + index);
    }
    return ports.get(index);
  }

  private static String host(HealthCheck check) {
    return check.ipv6() ? "::1" : "127.0.0.1";
  }

  private Optional<String> tcp(HealthCheck check) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(host(check), port(check)),
          (int) Math.max(1, check.timeout().toMillis()));
      return Optional.empty();
    }
  }

  private Optional<String> http(HealthCheck check, String scheme)
      throws IOException, InterruptedException, GeneralSecurityException, HealthProbes.Ignored {
    String path = check.path().orElse("/");
    String host = check.ipv6() ? "[::1]" : "127.0.0.1";
    URI uri =
        URI.create(
            scheme + "://" + host + ":" + port(check) + (path.startsWith("/") ? "" : "/") + path);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(check.timeout());
    if (scheme.equals("https")) {
      SSLContext trusting = SSLContext.getInstance("TLS");
      trusting.init(null, new TrustManager[] {new TrustAnyone()}, new SecureRandom());
      SSLParameters parameters = new SSLParameters();
      parameters.setEndpointIdentificationAlgorithm("");
      builder.sslContext(trusting).sslParameters(parameters);
    }
    try (HttpClient client = builder.build()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(check.timeout()).build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 200 && check.ignoreHttp1xx()) {
        throw new HealthProbes.Ignored();
      }
      return status >= 200 && status < 400
          ? Optional.empty()
          : Optional.of("HTTP status " + status + " for " + path);
    }
  }

  private Optional<String> command(HealthCheck check) throws InterruptedException {
    Process process = shell.apply(check.command().orElse("true"));
    try {
      if (!process.waitFor(check.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.of("the command took longer than " + check.timeout().toSeconds() + " s");
      }
      int code = process.exitValue();
      return code == 0 ? Optional.empty() : Optional.of("the command exited with status " + code);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Where a probe finds the environment, user and groups of a task: at its main process. */
  static SupervisorSpec inside(String task, Path sandbox, ProcessIdentity main, String line)
      throws IOException {
    SupervisorSpec spec =
        new SupervisorSpec()
            .task(task)
            .directory(sandbox)
            .command(List.of("/bin/sh", "-c", line))
            .environment(ProcessTable.variables(main.pid()));
    TaskUser user = ProcessTable.user(main.pid());
    if (user.uid() != TaskUser.own().uid()) {
      spec.user(user);
    }
    return spec;
  }

  /** As Marathon and Mesos do: health checks are about the task, not about certificates. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
