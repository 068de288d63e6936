package io.homeport.deployment;

import io.homeport.model.AppId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A path is either an app or a folder of apps, never both: what {@code /db} means, in a URL or on a
 * page, must not depend on who reads it. (Marathon's rule, and its words.)
 */
public final class Folders {
  private Folders() {}

  /**
   * Why an app may not be created: one of its folders is an app, or its id is a folder.
   *
   * @param apps the apps that there are
   * @param id of the app to be created
   */
  public static Optional<String> conflict(SortedMap<AppId, ?> apps, AppId id) {
    for (String folder : id.folders().subList(1, id.folders().size())) {
      if (apps.containsKey(new AppId(folder))) {
        return Optional.of(ambiguous(folder, id));
      }
    }
    String below = id.path() + "/";
    SortedMap<AppId, ?> following = apps.tailMap(new AppId(below + "0"));
    return !following.isEmpty() && following.firstKey().path().startsWith(below)
        ? Optional.of(ambiguous(id.path(), following.firstKey()))
        : Optional.empty();
  }

  /**
   * Why apps may not be created together: one of them would be a folder of another.
   *
   * @param ids of the apps of one request
   */
  public static Optional<String> conflict(List<AppId> ids) {
    SortedMap<AppId, Boolean> together = new TreeMap<>();
    ids.forEach(id -> together.put(id, true));
    return ids.stream().flatMap(id -> conflict(together, id).stream()).findFirst();
  }

  private static String ambiguous(String path, AppId below) {
    return "Groups and Applications may not have the same identifier: "
        + path
        + " would be an app, and the folder of the app "
        + below
        + ". Choose another id.";
  }
}
