package io.homeport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of all modules: files and methods fit on a screen or a few, names say something. */
final class TidyTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path directory;

  private static List<Path> sources(String part) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(PROJECT)) {
      for (Path module : modules.sorted().toList()) {
        Path root = module.resolve("src").resolve(part).resolve("java");
        if (Files.isDirectory(root)) {
          try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  @Test
  void sourcesAreTidy() throws Exception {
    List<Path> main = sources("main");
    assertThat(main).as("there is something to look at").hasSizeGreaterThan(100);

    assertThat(TidyRules.violations(main, true)).isEmpty();
  }

  @Test
  void testsAreTidy() throws Exception {
    assertThat(TidyRules.violations(sources("test"), false)).isEmpty();
  }

  @Test
  void theRulesBite() throws Exception {
    String longMethod = "    int i = 0;\n".repeat(TidyRules.MAX_METHOD_LINES);
    Path file = directory.resolve("ThingManager.java");
    Files.writeString(
        file,
        "package x;\n"
            + "public class ThingManager {\n"
            + "  // TO"
            + "DO later\n"
            + "  /** Documented. */\n"
            + "  public record Fine() {}\n"
            + "  interface Hidden { record Inner() {} }\n"
            + "  public void undocumented() {\n"
            + longMethod
            + "  }\n"
            + "  @Override public String toString() { return \"\"; }\n"
            + "}\n"
            + "\n".repeat(TidyRules.MAX_FILE_LINES));

    assertThat(TidyRules.violations(List.of(file), true))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("lines; files have at most"),
            line -> assertThat(line).contains("undocumented has 72 lines"),
            line -> assertThat(line).contains("ThingManager ends in Manager"),
            line -> assertThat(line).contains("says what is still to be done"),
            line -> assertThat(line).contains("ThingManager is public and has no Javadoc"),
            line -> assertThat(line).contains("undocumented is public and has no Javadoc"));
  }
}
