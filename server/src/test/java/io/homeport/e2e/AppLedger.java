package io.homeport.e2e;

import io.homeport.e2e.ServerProcess.Answer;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the server answered to the one user of an app, and what must therefore hold, whatever
 * happens to the server. A request without an answer leaves open whether it was carried out.
 */
final class AppLedger {
  private final String app;
  private final boolean stateful;

  private OptionalInt instances = OptionalInt.empty();
  private Optional<Integer> configuration = Optional.empty();
  private boolean open;
  private boolean deletionTried;

  /** The log of each volume that is known, as it was read last. */
  private final Map<String, String> contents = new TreeMap<>();

  private final Set<String> mayGo = new TreeSet<>();
  private final Set<String> mustGo = new TreeSet<>();
  private final Set<String> ended = new TreeSet<>();

  AppLedger(String app, boolean stateful) {
    this.app = app;
    this.stateful = stateful;
  }

  String app() {
    return app;
  }

  boolean stateful() {
    return stateful;
  }

  /** How many instances it has to have; empty when it must not exist. */
  OptionalInt instances() {
    return instances;
  }

  /** The configuration that it has to have, where that is known. */
  Optional<Integer> configuration() {
    return configuration;
  }

  /** Volumes whose destruction was acknowledged. */
  Set<String> mustGo() {
    return mustGo;
  }

  /** Tasks whose end was acknowledged. */
  Set<String> ended() {
    return ended;
  }

  /** Volumes that must be there. */
  List<String> mustStay() {
    List<String> staying = new ArrayList<>(deletionTried ? List.of() : contents.keySet());
    staying.removeAll(mayGo);
    return staying;
  }

  /**
   * Sends a request that changes the app. Without an answer, or with one that does not say what
   * came of it, either outcome is right.
   */
  Answer request(Supplier<Answer> request) {
    boolean wasOpen = open;
    open = true;
    try {
      Answer answer = request.get();
      open = wasOpen || !isClear(answer);
      return answer;
    } catch (UncheckedIOException unanswered) {
      if (unanswered.getCause() instanceof ConnectException) {
        // Nothing was sent.
        open = wasOpen;
      }
      throw unanswered;
    }
  }

  private static boolean isClear(Answer answer) {
    return answer.status() < 500
        || answer.body().path("message").asString("").contains("othing was changed");
  }

  /** The app is to be like that. */
  void has(int count, int wanted) {
    instances = OptionalInt.of(count);
    configuration = Optional.of(wanted);
    open = false;
  }

  /** The app is to have an instance less. */
  void hasOneLess() {
    if (instances.isPresent()) {
      instances = OptionalInt.of(instances.getAsInt() - 1);
    }
  }

  /** The app's deletion is about to be asked for. */
  void deleting() {
    deletionTried = true;
  }

  /** The app's deletion was acknowledged. */
  void deleted() {
    instances = OptionalInt.empty();
    configuration = Optional.empty();
    open = false;
    mustGo.addAll(contents.keySet());
  }

  /** A volume's destruction is about to be asked for. */
  void destroying(String volume) {
    mayGo.add(volume);
  }

  /** A volume's destruction was acknowledged. */
  void destroyed(String volume) {
    mustGo.add(volume);
  }

  /** A task's end was acknowledged. */
  void endedTask(String task) {
    ended.add(task);
  }

  /** What an open request came to, as read from the server. */
  void settle(OptionalInt actual) {
    if (open) {
      instances = actual;
      configuration = Optional.empty();
      open = false;
    }
  }

  /** What a known volume held when it was looked at last. */
  String content(String volume) {
    return contents.getOrDefault(volume, "");
  }

  /** All has been checked: from here on these are the volumes that must stay. */
  void checked(Map<String, String> volumes) {
    contents.clear();
    contents.putAll(volumes);
    deletionTried = false;
    mayGo.clear();
    mustGo.clear();
    ended.clear();
  }
}
