package io.homeport.mesos;

/**
 * What an HTTP status of a master means: a sentence for people, and what is done about it. The
 * texts of the bodies are those of the recordings of a real Mesos.
 *
 * @param sentence what happened and what to do
 * @param reaction what the engine does
 */
record Refusal(String sentence, Reaction reaction) {
  /** What the engine does. */
  enum Reaction {
    /** Finds the leading master again and subscribes anew; everything in doubt is asked after. */
    RECONNECT,
    /** Tells the core that the call was refused, and goes on. */
    REPORT,
    /** Ends the server, because only a person can help. */
    STOP
  }

  /**
   * Judges an answer.
   *
   * @param status an HTTP status that is not a success
   * @param body what the master said
   * @param subscribing whether it answered a SUBSCRIBE
   */
  static Refusal of(int status, String body, boolean subscribing) {
    String said = body.isBlank() ? "" : " Mesos says: " + body.strip();
    return switch (status) {
      case 307, 308 ->
          new Refusal("This master does not lead; the leading one is asked.", Reaction.RECONNECT);
      case 400 -> badRequest(body, said, subscribing);
      case 401 ->
          new Refusal(
              "Mesos does not know our credentials: check --mesos-principal and"
                  + " --mesos-secret-file."
                  + said,
              subscribing ? Reaction.STOP : Reaction.RECONNECT);
      case 403 ->
          new Refusal(
              "Mesos does not allow this to our principal: check the master's ACLs." + said,
              subscribing ? Reaction.STOP : Reaction.REPORT);
      case 404, 405, 406, 415 ->
          new Refusal(
              "What answers there does not speak Mesos's v1 scheduler API: check --mesos-master."
                  + said,
              Reaction.RECONNECT);
      case 429 ->
          new Refusal("Mesos asks us to slow down; it is tried again." + said, Reaction.RECONNECT);
      case 503 ->
          new Refusal(
              "The master is not ready: it does not lead, or is still recovering." + said,
              Reaction.RECONNECT);
      default ->
          new Refusal("Mesos answered with HTTP status " + status + "." + said, Reaction.RECONNECT);
    };
  }

  private static Refusal badRequest(String body, String said, boolean subscribing) {
    if (body.contains("didn't match the stream ID")) {
      return new Refusal(
          "Another connection has taken this framework over, so this one is dropped.",
          Reaction.RECONNECT);
    }
    if (body.contains("Framework cannot be found")
        || body.contains("Framework is not subscribed")) {
      return new Refusal(
          "The master does not know our connection any more; we subscribe anew." + said,
          Reaction.RECONNECT);
    }
    if (body.contains("Mesos-Stream-Id")) {
      return new Refusal("The call belonged to no connection." + said, Reaction.RECONNECT);
    }
    return new Refusal(
        "Mesos does not understand what we sent. This is a defect: please report it." + said,
        subscribing ? Reaction.STOP : Reaction.REPORT);
  }

  /** Whether an ERROR event says that another scheduler has subscribed with our framework id. */
  static boolean isTakenOver(String message) {
    return message.contains("Framework failed over");
  }

  /** Judges an ERROR event: Mesos ends the stream after it. */
  static Refusal ofError(String message) {
    if (message.contains("Framework has been removed")) {
      return new Refusal(
          "Mesos has removed this framework for good (torn down by an operator, or away for longer"
              + " than its fail-over timeout); its tasks were ended, its volumes are kept. Nothing"
              + " was touched. To go on with the same state, start the server once with"
              + " --mesos-new-framework: it registers anew and relaunches every instance on its"
              + " volumes.",
          Reaction.STOP);
    }
    if (isTakenOver(message)) {
      return new Refusal(
          "Another scheduler has taken over our framework id: a second server runs on a copy of"
              + " this state. Only one may.",
          Reaction.STOP);
    }
    return new Refusal("Mesos refuses the framework: " + message, Reaction.STOP);
  }
}
