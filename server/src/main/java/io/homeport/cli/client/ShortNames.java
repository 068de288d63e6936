package io.homeport.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds what a short name stands for: the best kind of match decides, and among several of that
 * kind there is no guessing.
 */
final class ShortNames {
  private static final int MOST_SHOWN = 10;

  private ShortNames() {}

  /**
   * Something that can be named.
   *
   * @param id its full name
   * @param others other names that it can be called by in full
   */
  record Named(String id, List<String> others) {}

  /**
   * Resolves a short name.
   *
   * @param kind what it is to be, such as {@code app}
   * @param name what was typed
   * @param all everything that there is of the kind
   * @return the full name
   * @throws CommandFailure when there is none or more than one
   */
  static String resolve(String kind, String name, List<Named> all) {
    List<Predicate<Named>> tiers =
        List.of(
            named -> named.id().equals(name) || named.others().contains(name),
            named -> named.id().endsWith("/" + name),
            named -> named.id().startsWith(name) || startsOther(named, name),
            named -> lastSegment(named.id()).startsWith(name));
    for (Predicate<Named> tier : tiers) {
      List<String> found = all.stream().filter(tier).map(Named::id).distinct().toList();
      if (found.size() == 1) {
        return found.getFirst();
      }
      if (found.size() > 1) {
        throw ambiguous(kind, name, found);
      }
    }
    throw new CommandFailure(
        ExitStatus.NOT_FOUND,
        "There is no " + kind + " called " + name + ".",
        all.isEmpty() ? List.of("There is no " + kind + " at all.") : some(kind, all));
  }

  private static boolean startsOther(Named named, String name) {
    return named.others().stream().anyMatch(other -> other.startsWith(name));
  }

  private static String lastSegment(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static CommandFailure ambiguous(String kind, String name, List<String> found) {
    return new CommandFailure(
        ExitStatus.AMBIGUOUS,
        name + " stands for " + found.size() + " " + kind + "s; say more of the name.",
        listed(found));
  }

  private static List<String> some(String kind, List<Named> all) {
    List<String> lines = new ArrayList<>();
    lines.add("There " + (all.size() == 1 ? "is this " + kind : "are these " + kind + "s") + ":");
    lines.addAll(listed(all.stream().map(Named::id).toList()));
    return lines;
  }

  private static List<String> listed(List<String> ids) {
    List<String> lines = new ArrayList<>(ids.stream().sorted().limit(MOST_SHOWN).toList());
    if (ids.size() > MOST_SHOWN) {
      lines.add("and " + (ids.size() - MOST_SHOWN) + " more");
    }
    return lines;
  }
}
