package io.homeport.mesos.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.homeport.mesos.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.mesos.protobuf.Message;

/** What all endpoints have in common: how they listen, what they refuse, how they answer. */
final class Http {
  private Http() {}

  /** Listens on loopback; a port of 0 means any. */
  static HttpServer listen(int port, Settings settings) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server =
        settings.tls().isPresent()
            ? encrypted(address, settings.tls().get())
            : HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return server;
  }

  private static HttpServer encrypted(InetSocketAddress address, SSLContext context)
      throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters connection) {
            SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
            parameters.setNeedClientAuth(true);
            connection.setSSLParameters(parameters);
          }
        });
    return server;
  }

  static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  static void answer(HttpExchange exchange, Wire wire, Message message) throws IOException {
    byte[] body = wire.encode(message);
    exchange.getResponseHeaders().set("Content-Type", wire.mediaType());
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Refuses what every endpoint refuses; empty when the request was answered here. */
  static Optional<Wire> admitted(HttpExchange exchange, Settings settings) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      String method = exchange.getRequestMethod();
      answer(
          exchange,
          405,
          "405 Method Not Allowed. Expecting one of { 'POST' }, but received '" + method + "'.");
      return Optional.empty();
    }
    if (settings.credentials().isPresent() && !isKnown(exchange, settings.credentials().get())) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"mesos\"");
      answer(exchange, 401, "");
      return Optional.empty();
    }
    Optional<Wire> wire = Wire.named(header(exchange, "Content-Type"));
    if (wire.isEmpty()) {
      answer(
          exchange, 415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
      return Optional.empty();
    }
    if (Wire.named(header(exchange, "Accept")).isEmpty()) {
      answer(
          exchange,
          406,
          "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
      return Optional.empty();
    }
    return wire;
  }

  private static boolean isKnown(HttpExchange exchange, String pair) {
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return header(exchange, "Authorization").equals(expected);
  }
}
