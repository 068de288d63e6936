package io.homeport.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Compares answers with recorded ones: the same members with values of the same types, and the same
 * values but for those that differ from run to run. Learns on the way which of our ids stands for
 * which recorded one.
 */
final class AnswerComparison {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.\\d{3}Z");

  /** Marathon's unique ids, and ours. */
  private static final Pattern UNIQUE =
      Pattern.compile(
          "\\b([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9]{8}-[0-9]+)(\\._app\\.\\d+)?\\b");

  /** Members whose values are chance: where a task runs, on which ports, how long it takes. */
  private static final Set<String> CHANCE =
      Set.of(
          "host",
          "hostname",
          "slaveId",
          "agentId",
          "ipAddress",
          "averageSeconds",
          "medianSeconds",
          "timeLeftSeconds",
          "processedOffersCount",
          "unusedOffersCount",
          "processed",
          "declined");

  private final Map<String, String> oursByRecorded = new HashMap<>();

  /** Our counterpart of a recorded id or time; absent when it was never met. */
  java.util.Optional<String> ours(String recorded) {
    return java.util.Optional.ofNullable(oursByRecorded.get(recorded));
  }

  /** Whether one of our ids has a recorded counterpart. */
  boolean isKnown(String ours) {
    return oursByRecorded.containsValue(ours);
  }

  /** Notes that our id stands for a recorded one. */
  void learn(String recorded, String ours) {
    oursByRecorded.put(recorded, ours);
  }

  /** All differences, each as a place and what is there; nothing is learnt if there are any. */
  List<String> compare(JsonNode recorded, JsonNode ours) {
    List<String> differences = new ArrayList<>();
    Map<String, String> met = new HashMap<>();
    compare("", recorded, ours, differences, met);
    oursByRecorded.putAll(met);
    return differences;
  }

  private static void compare(
      String place,
      JsonNode recorded,
      JsonNode ours,
      List<String> differences,
      Map<String, String> met) {
    if (recorded.isObject() && ours.isObject()) {
      compareMembers(place, recorded, ours, differences, met);
    } else if (recorded.isArray() && ours.isArray()) {
      if (recorded.size() != ours.size()) {
        differences.add(place + ": " + ours.size() + " entries, not " + recorded.size());
      }
      for (int i = 0; i < Math.min(recorded.size(), ours.size()); i++) {
        compare(place + "()", recorded.get(i), ours.get(i), differences, met);
      }
    } else if (recorded.isString() && ours.isString()) {
      compareTexts(place, recorded.asString(), ours.asString(), differences, met);
    } else if (recorded.isNumber() && ours.isNumber()) {
      boolean chance = isChance(place) || place.endsWith("orts()");
      if (!chance && recorded.decimalValue().compareTo(ours.decimalValue()) != 0) {
        differences.add(place + ": " + ours + ", not " + recorded);
      }
    } else if (!recorded.equals(ours)) {
      differences.add(place + ": " + ours + ", not " + recorded);
    }
  }

  private static void compareMembers(
      String place,
      JsonNode recorded,
      JsonNode ours,
      List<String> differences,
      Map<String, String> met) {
    for (String name : recorded.propertyNames()) {
      String member = place + "." + name;
      if (ours.has(name)) {
        compare(member, recorded.get(name), ours.get(name), differences, met);
      } else {
        differences.add(member + ": missing");
      }
    }
    for (String name : ours.propertyNames()) {
      if (!recorded.has(name)) {
        differences.add(place + "." + name + ": added");
      }
    }
  }

  private static boolean isChance(String place) {
    return CHANCE.contains(place.substring(place.lastIndexOf('.') + 1));
  }

  private static void compareTexts(
      String place,
      String recorded,
      String ours,
      List<String> differences,
      Map<String, String> met) {
    boolean sameShape = shape(recorded).equals(shape(ours));
    if (!recorded.equals(ours) && !sameShape && !isChance(place)) {
      differences.add(place + ": \"" + ours + "\", not \"" + recorded + "\"");
    } else if (!recorded.equals(shape(recorded))) {
      met.put(recorded, ours);
    }
  }

  /** A text with its times and unique ids taken out. */
  private static String shape(String text) {
    return UNIQUE.matcher(TIME.matcher(text).replaceAll("<time>")).replaceAll("<unique>");
  }
}
