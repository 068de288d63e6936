package io.homeport.runtime;

import io.homeport.model.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Runs single health checks of one task over the network: HTTP, HTTPS and TCP. */
public final class NetworkProbe implements HealthProbes.Probe {
  private final String host;
  private final List<Integer> ports;

  /**
   * A probe.
   *
   * @param host where the task is; empty for this machine
   * @param ports its host ports, in order
   */
  public NetworkProbe(String host, List<Integer> ports) {
    this.host = host;
    this.ports = ports;
  }

  @Override
  public Optional<String> run(HealthCheck check) throws InterruptedException, HealthProbes.Ignored {
    try {
      return switch (check.protocol()) {
        case COMMAND -> throw new IllegalArgumentException("commands run where the task is");
        case TCP, MESOS_TCP -> tcp(check);
        case HTTP, MESOS_HTTP -> http(check, "http");
        case HTTPS, MESOS_HTTPS -> http(check, "https");
      };
    } catch (IOException | GeneralSecurityException e) {
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

  private String host(HealthCheck check) {
    return host.isEmpty() ? (check.ipv6() ? "::1" : "127.0.0.1") : host;
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
    String name = host(check).contains(":") ? "[" + host(check) + "]" : host(check);
    URI uri =
        URI.create(
            scheme + "://" + name + ":" + port(check) + (path.startsWith("/") ? "" : "/") + path);
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
