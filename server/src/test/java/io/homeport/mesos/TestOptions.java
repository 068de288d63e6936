package io.homeport.mesos;

/** The usual settings, with credentials or certificates. */
final class TestOptions {
  private TestOptions() {}

  static MesosOptions secured(String master, MesosOptions.Security security) {
    MesosOptions plain = MesosOptions.of(master, "homeport");
    return new MesosOptions(
        plain.master(),
        plain.frameworkName(),
        plain.role(),
        plain.user(),
        plain.webUiUrl(),
        plain.failoverTimeout(),
        plain.json(),
        plain.shareRole(),
        plain.newFramework(),
        security);
  }
}
