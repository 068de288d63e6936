package io.homeport.benchmark.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client of HTTP on one kept connection that does as little as one can: it sends, and reads the
 * answer into memory that it has. Clients of a real server run elsewhere, so what they need for
 * themselves, such as threads that hand on to each other and memory to be collected, is no part of
 * what is measured.
 *
 * <p>Used by one thread at a time.
 */
final class PlainClient implements AutoCloseable {
  private static final int LONGEST_LINE = 8 << 10;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] line = new byte[LONGEST_LINE];
  private byte[] body = new byte[1 << 20];
  private int length;

  /** Connects to a port of the loopback interface. */
  PlainClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
  }

  /**
   * Asks, and reads the whole answer.
   *
   * @throws IOException when it is not one with status 200 and a length
   */
  void get(String path) throws IOException {
    begin(path);
    readAnswer("GET " + path);
  }

  /** The same, with a body of JSON. */
  void patch(String path, String json) throws IOException {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    send(
        "PATCH " + path,
        "Content-Type: application/json\r\nContent-Length: " + bytes + "\r\n\r\n" + json);
    readAnswer("PATCH " + path);
  }

  /** Asks, and reads nothing. */
  void begin(String path) throws IOException {
    send("GET " + path, "\r\n");
  }

  private void send(String asked, String rest) throws IOException {
    String request = asked + " HTTP/1.1\r\nHost: localhost\r\n" + rest;
    out.write(request.getBytes(StandardCharsets.UTF_8));
  }

  /** The body of the last answer. */
  String body() {
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }

  private void readAnswer(String asked) throws IOException {
    String status = readLine();
    length = -1;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    if (length < 0) {
      throw new IOException(asked + " was answered without a length: " + status);
    }
    if (body.length < length) {
      body = new byte[length];
    }
    if (in.readNBytes(body, 0, length) < length) {
      throw new IOException(asked + ": the answer ended too early");
    }
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(asked + " was answered " + status + ": " + body());
    }
  }

  /** Without its end, which is CR and LF. */
  private String readLine() throws IOException {
    int read = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || read == line.length) {
        throw new IOException("the server closed the connection, or does not speak HTTP");
      }
      line[read++] = (byte) next;
    }
    return new String(line, 0, Math.max(0, read - 1), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
