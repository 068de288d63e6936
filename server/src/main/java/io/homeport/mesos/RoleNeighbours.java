package io.homeport.mesos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.master.Protos.Response.GetFrameworks;

/**
 * Other frameworks in our role. They are offered our reserved resources and volumes, and Mesos
 * protects those by nothing but their good will (recording of another framework in the same role).
 */
final class RoleNeighbours {
  private RoleNeighbours() {}

  /**
   * The connected frameworks in a role.
   *
   * @param listed the master's answer
   * @param role the role
   * @param ownId our framework id, if we have one
   * @return each with its name and id
   */
  static List<String> in(GetFrameworks listed, String role, Optional<String> ownId) {
    List<String> neighbours = new ArrayList<>();
    for (GetFrameworks.Framework framework : listed.getFrameworksList()) {
      FrameworkInfo info = framework.getFrameworkInfo();
      String id = info.getId().getValue();
      boolean same = info.getRolesList().contains(role) || isOf(info, role);
      if (framework.getConnected() && same && !ownId.equals(Optional.of(id))) {
        neighbours.add("'" + info.getName() + "' (" + id + ")");
      }
    }
    return neighbours;
  }

  @SuppressWarnings("deprecation") // the field of frameworks from before roles were several
  private static boolean isOf(FrameworkInfo info, String role) {
    return info.getRole().equals(role);
  }

  /** Why a server does not start. */
  static String refusal(String role, List<String> neighbours) {
    return "The role '"
        + role
        + "' is used by "
        + String.join(" and ", neighbours)
        + ". Frameworks in one role are offered each other's volumes, and can destroy them. Give"
        + " Homeport a role of its own with --role, end the other framework, or start with"
        + " --mesos-share-role if you know that it leaves others' reservations alone.";
  }

  /** What is said while it lasts. */
  static String warning(String role, List<String> neighbours) {
    return "Another framework is in the role '"
        + role
        + "': "
        + String.join(" and ", neighbours)
        + ". It is offered Homeport's reserved resources and volumes, and could destroy them.";
  }
}
