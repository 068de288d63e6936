package io.homeport.api;

import io.homeport.runtime.Election;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An election whose outcome the test writes down. */
final class ElectionOnPaper implements Election {
  static final URI SELF = URI.create("http://127.0.0.1:1");

  private volatile Optional<URI> leader = Optional.empty();
  private volatile String resigned = "";

  void elect(int port) {
    leader = Optional.of(URI.create("http://127.0.0.1:" + port));
  }

  void electNobody() {
    leader = Optional.empty();
  }

  String resigned() {
    return resigned;
  }

  @Override
  public void stand(URI address, Candidate candidate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<URI> address() {
    return Optional.of(SELF);
  }

  @Override
  public Optional<URI> leader() {
    return leader;
  }

  @Override
  public List<URI> servers() {
    return List.of(SELF);
  }

  @Override
  public void resign(String why, Duration pause) {
    resigned = why;
  }

  @Override
  public String description() {
    return "paper";
  }

  @Override
  public void close() {}
}
