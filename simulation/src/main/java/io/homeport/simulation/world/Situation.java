package io.homeport.simulation.world;

/**
 * Situations that prove something only if they come about. A batch of seeds that never reached one
 * of them, though it was large enough, proves too little, and fails.
 */
public enum Situation {
  /** An agent did not answer the master's pings. */
  AGENT_GIVEN_UP("an agent was given up", 50),
  /** An agent under a new id brought back the volumes that lay under its old one (tape 13). */
  NEW_ID_OLD_DISK("an agent returned under a new id with the old disk", 100),
  /** Operators err. */
  GONE_AGENT_RETURNED("an agent that was declared gone tried to return", 1000),
  /** Half of an ACCEPT happened (tape 12). */
  CREATE_LOST_AFTER_RESERVE("an ACCEPT lost between RESERVE and CREATE", 2000),
  /** Half of an ACCEPT happened, because the agent failed at it (tape 12). */
  CREATE_FAILED("a CREATE failed after its RESERVE", 100),
  /** All of an ACCEPT was lost. */
  ACCEPT_LOST("an ACCEPT lost on its way", 100),
  /** Offers crossed with their being rescinded (tape 02). */
  ACCEPT_OF_VOID_OFFERS("an ACCEPT of offers that were void", 1000),
  /** Several offers of one agent belong together (tape 12). */
  TWO_OFFERS_OF_ONE_AGENT("two offers of one agent outstanding", 50),
  /** Mesos forgets such kills (tape 13). */
  KILL_OF_UNREACHABLE("a kill of something unreachable was forgotten", 1000),
  /** A master that failed over does not know yet (tape 04). */
  QUESTION_LEFT_OPEN("a question left open until an agent is back", 100),
  /** Two servers believe that they lead. */
  DEPOSED_LEADER_BELIEVED("a leader was deposed while it still believed to lead", 100),
  /** The store lets only one of them write. */
  SUPERSEDED_COMMIT_REFUSED("a superseded scheduler was refused a commit", 100),
  /** The fail-over found instances of two versions. */
  LEADER_CHANGED_IN_ROLLOUT("the leader changed during a rolling restart", 100),
  /** Users cannot know what became of their request. */
  REQUEST_REPEATED("a reply lost and the request repeated", 50),
  /** The old task may well be running. */
  REPLACED_WHILE_OUT_OF_REACH(
      "a replacement started while the replaced task was out of reach", 300),
  /** And then it is back, and is to end. */
  REPLACED_TASK_RETURNED("a replaced task came back with its agent", 1000),
  /** A home is left behind with its data. */
  LEFT_BEHIND("a volume was left behind", 100),
  /** And is taken up again. */
  ADOPTED("a volume that was left behind was adopted", 1000),
  /** Somebody's data bears our label. */
  QUARANTINED("a volume of an earlier installation was offered", 200),
  /** And somebody decided about it. */
  QUARANTINED_DECIDED("a quarantined volume was destroyed or adopted on request", 1000),
  /** The power failed. */
  TORN_RECORD("the last record of the store was torn", 300),
  /** The power failed later. */
  UNSYNCED_RECORD_KEPT("a commit that was never confirmed is there after a crash", 300),
  /** Nothing can be stored. */
  STORE_FULL("a commit found the store full", 100),
  /** The past is the present. */
  OLD_BACKUP("an old copy of the store was restored", 500),
  /** Somebody did not read how it is done. */
  OLD_COPY_BY_HAND("the store was replaced by an old copy by hand", 1000),
  /** And somebody let the scheduler act again. */
  RESUMED("the safe mode after a restore was ended", 500),
  /** What builds on a commit has not happened when the commit has not. */
  DECIDED_WHILE_WRITING("something was decided while the store wrote", 50),
  /** And must be decided again, or never. */
  SLOW_COMMIT_FAILED("a commit failed while the loop had gone on", 300),
  /** Data outgrows its place. */
  VOLUME_FULL("a task ended because its volume was full", 300);

  private final String sentence;
  private final int within;

  Situation(String sentence, int within) {
    this.sentence = sentence;
    this.within = within;
  }

  /** What it is, for people. */
  public String sentence() {
    return sentence;
  }

  /** A batch of so many seeds, or more, must have reached it. */
  public int within() {
    return within;
  }
}
