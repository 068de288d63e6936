package io.homeport.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the loop. Commands and what the engine tells come from different sides, and
 * neither knows what the other is about to say; so each keeps its order, and some of each are taken
 * at a time, commands first. Nobody who asks for something waits behind a thousand updates.
 *
 * <p>May be used from any thread.
 */
final class InputQueue {
  /** How many of each kind are taken at a time. */
  static final int SOME = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final Deque<Submission> commands = new ArrayDeque<>();
  private final Deque<Submission> others = new ArrayDeque<>();
  private int leftOfRound;
  private boolean woken;

  /** Puts something at the end of its kind. */
  void add(Submission submission) {
    lock.lock();
    try {
      (submission.isCommand() ? commands : others).add(submission);
      arrival.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets whoever waits in {@link #await} go on, now or when it comes. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      arrival.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something is there, but no longer than so, and takes some. */
  List<Submission> await(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (commands.isEmpty() && others.isEmpty() && !woken && nanos > 0) {
        nanos = arrival.awaitNanos(nanos);
      }
      woken = false;
      return some();
    } finally {
      lock.unlock();
    }
  }

  /** Takes some of what is there. */
  List<Submission> some() {
    return take(SOME);
  }

  /**
   * Whether all is taken that waited when this last was so. Deadlines are looked at no more often:
   * what they would ask for may be among it.
   */
  boolean isRoundOver() {
    lock.lock();
    try {
      if (leftOfRound > 0) {
        return false;
      }
      leftOfRound = others.size();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything. */
  List<Submission> all() {
    return take(Integer.MAX_VALUE);
  }

  private List<Submission> take(int most) {
    lock.lock();
    try {
      List<Submission> taken = new ArrayList<>();
      move(commands, taken, most);
      leftOfRound = Math.max(0, leftOfRound - move(others, taken, most));
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private static int move(Deque<Submission> from, List<Submission> to, int most) {
    int moved = 0;
    while (moved < most && !from.isEmpty()) {
      to.add(from.removeFirst());
      moved++;
    }
    return moved;
  }
}
