package io.homeport.mesos;

import java.io.IOException;
import java.util.Optional;
import org.apache.mesos.protobuf.Message;

/** Both encodings, for the Mesos of the tests; the recordings say whether they are right. */
public record Wire(String mediaType) {
  private static Optional<Encoding> of(String mediaType) {
    for (Encoding encoding : Encoding.values()) {
      if (encoding.mediaType().equals(mediaType)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /** The encoding of that name, if there is one. */
  public static Optional<Wire> named(String mediaType) {
    return of(mediaType).map(encoding -> new Wire(encoding.mediaType()));
  }

  /** A message as bytes. */
  public byte[] encode(Message message) {
    return of(mediaType).orElseThrow().encode(message);
  }

  /** A message from bytes. */
  public <B extends Message.Builder> B decode(byte[] bytes, B message) throws IOException {
    return of(mediaType).orElseThrow().decode(bytes, message);
  }
}
