package io.homeport.local;

/**
 * What an agent remembers of itself.
 *
 * @param format the version of this record's format
 * @param standing what operators said last
 * @param generation counts its lives: an agent that was declared gone comes back as another one
 */
record AgentRecord(int format, Standing standing, int generation) {
  /** An agent that never was. */
  static final AgentRecord NEW = new AgentRecord(1, Standing.ACTIVE, 1);

  /** What operators want of an agent. */
  enum Standing {
    /** It offers what it has. */
    ACTIVE,
    /** Its tasks are ended and it offers nothing. */
    DRAINING,
    /** It is as if its machine were switched off. */
    STOPPED,
    /** It is stopped and will not come back under this name. */
    GONE
  }

  /** The same with another standing. */
  AgentRecord with(Standing next) {
    return new AgentRecord(format, next, generation);
  }

  /** The next life. */
  AgentRecord reborn() {
    return new AgentRecord(format, Standing.ACTIVE, generation + 1);
  }
}
