package io.homeport.simulation.architecture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers of the simulation. */
final class SimulationArchitectureTest {
  private static final JavaClasses SIMULATION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.homeport.simulation");

  @Test
  void layersDependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.homeport.simulation..")
        .ensureAllClassesAreContainedInArchitecture()
        .layer("root")
        .definedBy("io.homeport.simulation")
        .layer("users")
        .definedBy("io.homeport.simulation.users")
        .layer("trouble")
        .definedBy("io.homeport.simulation.trouble")
        .layer("invariants")
        .definedBy("io.homeport.simulation.invariants")
        .layer("server")
        .definedBy("io.homeport.simulation.server")
        .layer("cluster")
        .definedBy("io.homeport.simulation.cluster")
        .layer("world")
        .definedBy("io.homeport.simulation.world")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("users")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("trouble")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("invariants")
        .mayOnlyBeAccessedByLayers("root", "users", "trouble")
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("root", "users", "trouble", "invariants")
        .whereLayer("cluster")
        .mayOnlyBeAccessedByLayers("root", "users", "trouble", "invariants", "server")
        .check(SIMULATION);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.homeport.(**)").should().beFreeOfCycles().check(SIMULATION);
  }
}
