package io.homeport.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Where records are in ZooKeeper: {@code <root>/state/records/<kind>/<bucket>/=<key>}, one node
 * each. Keys are spread over buckets, so that a million records of a kind make listings of about
 * 300 KiB, well below ZooKeeper's limit of a message. The names here are on users' disks: they
 * never change.
 *
 * @param root an absolute path without a slash at its end
 */
record ZooKeeperLayout(String root) {
  /** How many buckets a kind has at most. */
  static final int BUCKETS = 256;

  private static final int COMPRESSED_FROM_BYTES = 4_096;
  private static final int GZIP_FIRST = 0x1f;

  /** The node that tells the layout's version. */
  String format() {
    return root + "/state/format";
  }

  /** The node with the number and the writer of the last commit. */
  String sequence() {
    return root + "/state/sequence";
  }

  /** The node above a kind's buckets. */
  String kind(RecordKind kind) {
    return root + "/state/records/" + kind.word();
  }

  /** The bucket that a key belongs to. */
  String bucket(RecordKind kind, String key) {
    int hash = key.hashCode(); // specified by String, so the same on every machine
    int mixed = (hash ^ (hash >>> 16)) * 0x45d9f3b;
    return String.format("%s/%02x", kind(kind), (mixed ^ (mixed >>> 16)) & (BUCKETS - 1));
  }

  /** A record's node. */
  String node(RecordKind kind, String key) {
    return bucket(kind, key) + "/=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  /** The key that a node's name stands for. */
  static String key(String name) {
    try {
      return URLDecoder.decode(name.substring(1), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("a node's name is no key: " + name, e);
    }
  }

  /** What is stored for a body. */
  static byte[] pack(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < COMPRESSED_FROM_BYTES) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return packed.toByteArray();
  }

  /** The body that was packed. */
  static String unpack(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != GZIP_FIRST) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MalformedRecordException("a record's body is damaged: " + e.getMessage(), e);
    }
  }
}
