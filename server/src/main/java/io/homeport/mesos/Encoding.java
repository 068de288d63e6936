package io.homeport.mesos;

import java.io.IOException;
import org.apache.mesos.protobuf.Message;
import tools.jackson.core.JacksonException;

/** What the wire carries. Mesos speaks both, chosen by the headers of each request. */
enum Encoding {
  /** Compact, and what Mesos's own clients use. */
  PROTOBUF("application/x-protobuf") {
    @Override
    byte[] encode(Message message) {
      return message.toByteArray();
    }

    @Override
    <B extends Message.Builder> B decode(byte[] bytes, B message) throws IOException {
      message.mergeFrom(bytes);
      return message;
    }
  },
  /** For people who look at the wire. */
  JSON("application/json") {
    @Override
    byte[] encode(Message message) {
      return ProtobufJson.MAPPER.writeValueAsBytes(ProtobufJson.write(message));
    }

    @Override
    <B extends Message.Builder> B decode(byte[] bytes, B message) throws IOException {
      try {
        ProtobufJson.read(ProtobufJson.MAPPER.readTree(bytes), message);
        return message;
      } catch (JacksonException | IllegalArgumentException e) {
        throw new IOException("not the JSON of a " + message.getDescriptorForType().getName(), e);
      }
    }
  };

  private final String mediaType;

  Encoding(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its name in HTTP headers. */
  String mediaType() {
    return mediaType;
  }

  abstract byte[] encode(Message message);

  /**
   * Fills a message.
   *
   * @throws IOException when the bytes are no such message
   */
  abstract <B extends Message.Builder> B decode(byte[] bytes, B message) throws IOException;
}
