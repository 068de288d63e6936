package io.homeport.placement;

/**
 * One condition that an agent does not meet for an instance.
 *
 * @param kind which condition
 * @param message what was wanted and what was found, for people
 * @param wanted what was wanted; empty where a number or name says nothing
 * @param found what was found; empty likewise
 */
public record Reason(Kind kind, String message, String wanted, String found) {
  /** The conditions; the first ten are Marathon's, under its names in {@code /v2/queue}. */
  public enum Kind {
    /** The app does not accept resources of that role. */
    UNFULFILLED_ROLE("UnfulfilledRole"),
    /** A placement constraint is not met. */
    UNFULFILLED_CONSTRAINT("UnfulfilledConstraint"),
    /** The instance's volumes lie elsewhere, or are not offered now. */
    NO_CORRESPONDING_RESERVATION_FOUND("NoCorrespondingReservationFound"),
    /** The agent is drained or about to be. */
    AGENT_MAINTENANCE("AgentMaintenance"),
    /** Too few cores. */
    INSUFFICIENT_CPUS("InsufficientCpus"),
    /** Too little memory. */
    INSUFFICIENT_MEMORY("InsufficientMemory"),
    /** Too little disk. */
    INSUFFICIENT_DISK("InsufficientDisk"),
    /** Too few GPUs. */
    INSUFFICIENT_GPUS("InsufficientGpus"),
    /** Too few ports, or not the wanted ones. */
    INSUFFICIENT_PORTS("InsufficientPorts"),
    /** The agent's scarce resources are kept for those who need them. */
    DECLINED_SCARCE_RESOURCES("DeclinedScarceResources"),
    /** The agent is out of reach. */
    AGENT_UNREACHABLE("AgentUnreachable"),
    /** The agent cannot run container images. */
    NO_CONTAINER_RUNTIME("NoContainerRuntime"),
    /** The agent has not offered anything yet, or somebody else holds its offer. */
    NOTHING_OFFERED("NothingOffered"),
    /** Launches are delayed after failures. */
    DELAYED("Delayed"),
    /** The agent refused the last launch. */
    LAUNCH_REFUSED("LaunchRefused"),
    /** The instance's predecessor has not ended yet. */
    PREDECESSOR_ENDING("PredecessorEnding");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The stable name used in the API. */
    public String code() {
      return code;
    }

    /** Whether Marathon knows it, so that it has a row in its summaries. */
    public boolean isMarathons() {
      return compareTo(DECLINED_SCARCE_RESOURCES) <= 0;
    }
  }

  /**
   * A condition told by a sentence alone.
   *
   * @param kind which condition
   * @param message the sentence
   */
  public static Reason of(Kind kind, String message) {
    return new Reason(kind, message, "", "");
  }
}
