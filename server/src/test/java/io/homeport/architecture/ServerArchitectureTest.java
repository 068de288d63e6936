package io.homeport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The layers of the server: the root wires adapters, adapters know the runtime and not each other.
 */
final class ServerArchitectureTest {
  private static final List<String> ADAPTERS =
      List.of("api", "cli", "mesos", "local", "store", "election");
  private static final String ROOT = "io.homeport";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static String[] packages(Stream<String> names) {
    return names.map(name -> ROOT + "." + name + "..").toArray(String[]::new);
  }

  /** Adapters come one by one: a rule about one that does not exist yet has nothing to look at. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(ALL);
  }

  private static void onlyIn(String adapter, String... libraries) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "." + adapter + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(libraries));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.homeport.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void adaptersDoNotKnowEachOtherNorTheRoot() {
    for (String adapter : ADAPTERS) {
      check(
          noClasses()
              .that()
              .resideInAPackage(ROOT + "." + adapter + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  packages(ADAPTERS.stream().filter(other -> !other.equals(adapter))))
              .orShould()
              .dependOnClassesThat()
              .resideInAPackage(ROOT));
    }
  }

  @Test
  void theRuntimeKnowsTheCoreAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.homeport.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(ADAPTERS.stream()))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..", "tools.jackson..", "io.helidon..")
        .check(ALL);
  }

  @Test
  void theCoreKnowsNothingOfTheServer() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(Stream.of("scheduler", "deployment", "placement", "state", "model")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(Stream.concat(ADAPTERS.stream(), Stream.of("runtime"))))
        .check(ALL);
  }

  @Test
  void librariesStayInTheAdaptersTheyAreFor() {
    onlyIn("store", "java.sql..", "javax.sql..", "org.sqlite..");
    onlyIn("mesos", "org.apache.mesos..", "com.google.protobuf..");
    // The root reads the server's flags, as the command line reads all others.
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon.."));
  }

  @Test
  void thereIsSomethingToLookAt() {
    assertThat(ALL.stream().map(each -> each.getPackageName()).distinct())
        .contains("io.homeport.runtime", "io.homeport.store", "io.homeport.model");
  }
}
