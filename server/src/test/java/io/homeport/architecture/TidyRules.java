package io.homeport.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Rules about source files, checked on what the compiler's parser makes of them. */
final class TidyRules {
  /** The most lines of a file. */
  static final int MAX_FILE_LINES = 450;

  /** The most lines of a method, from its name to its last brace. */
  static final int MAX_METHOD_LINES = 70;

  // The data of a volume is just that: what its owner keeps there.
  private static final Pattern EMPTY_ENDING =
      Pattern.compile("(Impl|Manager|Helper|Util|Utils|Base|(?<!^Volume)Data)$");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X{3})\\b");

  private TidyRules() {}

  /**
   * All violations.
   *
   * @param files source files
   * @param documented whether what is public needs Javadoc
   */
  static List<String> violations(List<Path> files, boolean documented) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() > MAX_FILE_LINES) {
        found.add(
            file + ": " + lines.size() + " lines; files have at most " + MAX_FILE_LINES + ".");
      }
      for (int i = 0; i < lines.size(); i++) {
        if (UNFINISHED.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": says what is still to be done; do it.");
        }
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, docs, documented, found).scan(unit, null);
      }
    }
    return found;
  }

  /** Visits types and methods. */
  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final boolean documented;
    private final List<String> found;

    Scanner(CompilationUnitTree unit, DocTrees docs, boolean documented, List<String> found) {
      this.unit = unit;
      this.docs = docs;
      this.documented = documented;
      this.found = found;
    }

    private long line(long position) {
      LineMap map = unit.getLineMap();
      return map.getLineNumber(position);
    }

    private void report(Tree tree, String sentence) {
      long position = docs.getSourcePositions().getStartPosition(unit, tree);
      found.add(unit.getSourceFile().getName() + ":" + line(position) + ": " + sentence);
    }

    private boolean isDocumented() {
      String comment = docs.getDocComment(getCurrentPath());
      return comment != null && !comment.isBlank();
    }

    /** Whether everybody sees it: it and all types around it are public. */
    private boolean isPublic(TreePath path) {
      for (TreePath at = path; at != null; at = at.getParentPath()) {
        Tree leaf = at.getLeaf();
        if (leaf instanceof MethodTree method && !isPublic(method.getModifiers(), at)) {
          return false;
        }
        if (leaf instanceof ClassTree type && !isPublic(type.getModifiers(), at)) {
          return false;
        }
      }
      return true;
    }

    /** Members of interfaces are public without saying so. */
    private static boolean isPublic(ModifiersTree modifiers, TreePath path) {
      if (modifiers.getFlags().contains(Modifier.PUBLIC)) {
        return true;
      }
      Tree parent = path.getParentPath().getLeaf();
      return parent.getKind() == Tree.Kind.INTERFACE
          && !modifiers.getFlags().contains(Modifier.PRIVATE);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      String name = type.getSimpleName().toString();
      var ending = EMPTY_ENDING.matcher(name);
      if (ending.find()) {
        report(type, name + " ends in " + ending.group() + ", which says nothing.");
      }
      if (documented && !name.isEmpty() && isPublic(getCurrentPath()) && !isDocumented()) {
        report(type, name + " is public and has no Javadoc.");
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      String name = method.getName().toString();
      var positions = docs.getSourcePositions();
      long begin = positions.getStartPosition(unit, method);
      long end = positions.getEndPosition(unit, method);
      long lines = begin < 0 || end < 0 ? 0 : line(end) - line(begin) + 1;
      if (lines > MAX_METHOD_LINES) {
        report(method, name + " has " + lines + " lines; methods have at most 70.");
      }
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      boolean compact = begin < 0;
      if (documented && !overrides && !compact && isPublic(getCurrentPath()) && !isDocumented()) {
        report(method, name + " is public and has no Javadoc.");
      }
      return super.visitMethod(method, null);
    }
  }
}
