package io.homeport.model;

/** What people see of a volume. */
public enum VolumeStatus {
  /** Its creation is under way. */
  CREATING("creating"),
  /** A task of its instance uses it, or is about to come home to it. */
  ATTACHED("attached"),
  /** Its instance is scaled away; the data waits. */
  DETACHED("detached"),
  /** Its instance got another home; the data is kept and can be adopted. */
  LEFT_BEHIND("left behind"),
  /** It bears our label but we have no record of it; it is kept until someone decides. */
  QUARANTINED("quarantined"),
  /** Its destruction was requested and is not confirmed yet. */
  DESTROYING("destroying"),
  /** It is gone. */
  DESTROYED("destroyed");

  private final String text;

  VolumeStatus(String text) {
    this.text = text;
  }

  /** The word used in the API, the command line and the UI. */
  public String text() {
    return text;
  }
}
