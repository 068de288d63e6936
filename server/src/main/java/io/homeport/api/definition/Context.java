package io.homeport.api.definition;

import java.util.List;

/**
 * What a definition is read in the light of.
 *
 * @param defaultRole the role of the server, which apps have that name none
 * @param roles the roles an app may name, the default one among them
 */
public record Context(String defaultRole, List<String> roles) {
  /**
   * The context of a server with one role.
   *
   * @param role the role under which it reserves resources
   */
  public static Context ofRole(String role) {
    return new Context(role, List.of(role));
  }

  /**
   * The context in which an app that has a role is changed: it keeps that role unless it asks for
   * the server's.
   *
   * @param current the app's role
   */
  Context keepingRole(String current) {
    return new Context(
        current, current.equals(defaultRole) ? roles : List.of(current, defaultRole));
  }
}
