package io.homeport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

/** The layers of the core, and that it is pure. */
final class CoreArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.homeport");

  private static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.homeport..")
          .ensureAllClassesAreContainedInArchitecture()
          .layer("scheduler")
          .definedBy("io.homeport.scheduler..")
          .layer("deployment")
          .definedBy("io.homeport.deployment..")
          .layer("placement")
          .definedBy("io.homeport.placement..")
          .layer("state")
          .definedBy("io.homeport.state..")
          .layer("model")
          .definedBy("io.homeport.model..")
          .whereLayer("scheduler")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("deployment")
          .mayOnlyBeAccessedByLayers("scheduler")
          .whereLayer("placement")
          .mayOnlyBeAccessedByLayers("scheduler")
          .whereLayer("state")
          .mayOnlyBeAccessedByLayers("scheduler", "deployment", "placement")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("scheduler", "deployment", "placement", "state");

  private static final ArchRule NO_CYCLES =
      slices().matching("io.homeport.(**)").should().beFreeOfCycles();

  private static final ArchRule FEW_LIBRARIES =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.homeport..",
              "java.lang..",
              "java.time..",
              "java.util..",
              "org.pcollections..",
              "org.jspecify..")
          .because("the core sees nothing but the JDK's values and persistent collections");

  private static final ArchRule PURE =
      classes()
          .should(PureCore.CALL_ONLY_WHAT_IS_PURE)
          .because("a decision is a function of the state, the input and the time");

  @Test
  void dependenciesPointOneWay() {
    LAYERS.check(CORE);
    NO_CYCLES.check(CORE);
  }

  @Test
  void theCoreIsPure() {
    PURE.check(CORE);
    FEW_LIBRARIES.check(CORE);
  }

  @Test
  void theBansBite() {
    JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);
    EvaluationResult result = classes().should(PureCore.CALL_ONLY_WHAT_IS_PURE).evaluate(impure);

    assertThat(result.getFailureReport().getDetails())
        .as("one for each line of each method of the sample, and no other")
        .hasSize(Impure.VIOLATIONS)
        .noneSatisfy(line -> assertThat(line).contains("allowed()"));
  }
}
