package io.homeport.mesos.testing;

import io.homeport.mesos.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** A scheduler's stream of events. A slow reader holds nobody up. */
final class Subscriber {
  private static final byte[] END = new byte[0];

  private final String streamId = UUID.randomUUID().toString();
  private final Wire wire;
  private final BlockingQueue<byte[]> records = new LinkedBlockingQueue<>();
  private volatile boolean broken;

  Subscriber(Wire wire) {
    this.wire = wire;
  }

  String streamId() {
    return streamId;
  }

  void send(Event event) {
    byte[] message = wire.encode(event);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes((message.length + "\n").getBytes(StandardCharsets.US_ASCII));
    record.writeBytes(message);
    records.add(record.toByteArray());
  }

  /** Ends the stream after what was sent. */
  void end() {
    records.add(END);
  }

  boolean isBroken() {
    return broken;
  }

  /** Writes until the end, or until nobody reads any more. */
  void write(OutputStream output) {
    try (output) {
      while (true) {
        byte[] record = records.take();
        if (record.length == 0) {
          return;
        }
        output.write(record);
        output.flush();
      }
    } catch (IOException e) {
      broken = true;
    } catch (InterruptedException e) {
      broken = true;
      Thread.currentThread().interrupt();
    }
  }
}
