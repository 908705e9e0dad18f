package dev.lightningbridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds rooms, their directions and their size as docs/architecture.md has them. */
@AnalyzeClasses(packages = "dev.lightningbridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.lightningbridge.";

  /** Files of a room, its package-info among them. */
  private static final int MOST_FILES = 39;

  private static final Set<String> DOORS = Set.of("server", "api.requests", "cli.options");
  private static final int FILES_OF_A_KIND = 5;
  private static final Set<String> LARGE = Set.of("model", "web");

  /** The most public types of a room; the doors' are those that a framework must see. */
  private static final int MOST_PUBLIC = 30;

  /** The rooms from the ground up, each with the rooms that it may use. */
  private static final Map<String, Set<String>> MAY_USE = rooms();

  private static Map<String, Set<String>> rooms() {
    Map<String, Set<String>> rooms = new LinkedHashMap<>();
    room(rooms, "common");
    room(rooms, "store", "common");
    room(rooms, "corpus", "common");
    room(rooms, "camp.files", "common");
    room(rooms, "camp", "camp.files corpus");
    room(rooms, "camp.writing", "camp");
    room(rooms, "dataset", "corpus");
    room(rooms, "dataset.tasks", "dataset");
    room(rooms, "dataset.split", "dataset.tasks");
    room(rooms, "dataset.export", "dataset.split");
    room(rooms, "imports", "camp.writing dataset");
    room(rooms, "model", "store");
    room(rooms, "model.sandbox.requests", "model");
    room(rooms, "model.sandbox", "model.sandbox.requests");
    room(rooms, "rollouts", "store");
    room(rooms, "agent", "dataset.tasks model");
    room(rooms, "grading", "dataset model");
    room(rooms, "grading.calibration", "grading");
    room(rooms, "optimize.demonstrations", "dataset.split");
    room(rooms, "optimize", "agent grading optimize.demonstrations");
    room(rooms, "optimize.verdict", "optimize dataset.split grading.calibration");
    room(rooms, "optimize.apo", "optimize");
    room(rooms, "lightning.rl", "agent grading");
    room(rooms, "lightning", "lightning.rl optimize");
    room(rooms, "findings", "common");
    room(rooms, "runs.report", "findings optimize.verdict");
    room(rooms, "runs.request", "lightning model.sandbox");
    room(rooms, "runs", "runs.report runs.request dataset.tasks");
    room(rooms, "runs.ledger", "optimize.verdict");
    room(rooms, "runs.models", "runs runs.ledger rollouts");
    room(rooms, "runs.judging", "runs.models camp");
    room(rooms, "runs.promotion", "runs.models camp");
    room(rooms, "runs.ending", "runs.judging runs.promotion");
    room(rooms, "runs.training", "runs.ending dataset.export");
    room(rooms, "runs.people", "runs.ending");
    room(rooms, "runs.work", "runs.training runs.people");
    room(rooms, "runs.nights", "runs.work");
    room(rooms, "workshop", "runs.nights optimize.apo lightning");
    room(rooms, "demo", "camp model.sandbox dataset");
    room(rooms, "server", "workshop");
    room(rooms, "api.requests", "server imports");
    room(rooms, "capture.recording", "imports model");
    room(rooms, "api", "api.requests capture.recording");
    room(rooms, "mcp", "api");
    room(rooms, "capture", "server capture.recording");
    room(rooms, "rollouts.http", "server rollouts");
    room(rooms, "web", "api capture rollouts.http");
    room(rooms, "cli.terminal", "optimize.verdict");
    room(rooms, "cli.text", "cli.terminal runs.training");
    room(rooms, "cli.options", "runs.request dataset.export camp");
    room(rooms, "cli.names", "cli.options workshop");
    room(rooms, "cli", "cli.text cli.names server demo imports");
    return rooms;
  }

  /** What a room uses may be used by those that use it. */
  private static void room(Map<String, Set<String>> rooms, String name, String... uses) {
    Set<String> all = new TreeSet<>(Set.of(name));
    for (String list : uses) {
      for (String used : list.split(" ")) {
        all.addAll(rooms.get(used));
      }
    }
    rooms.put(name, all);
  }

  private static String room(JavaClass type) {
    return type.getPackageName().substring(Math.min(ROOT.length(), type.getPackageName().length()));
  }

  @ArchTest
  static void a_room_uses_only_the_rooms_below_it(JavaClasses classes) {
    assertThat(classes.stream().map(ArchitectureTest::room).collect(toSet()))
        .isEqualTo(MAY_USE.keySet());
    MAY_USE.forEach(
        (room, may) ->
            noClasses()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .dependOnClassesThat(
                    describe(
                        "are of rooms beyond " + may,
                        used ->
                            used.getPackageName().startsWith(ROOT) && !may.contains(room(used))))
                .check(classes));
  }

  @ArchTest
  static final ArchRule no_rooms_use_each_other =
      slices().matching(ROOT + "(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule of_the_adapter_for_Training_Camp_others_know_how_to_open_and_to_write =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "camp..", ROOT + "demo", ROOT + "imports", ROOT + "capture.recording")
          .should()
          .dependOnClassesThat(
              describe(
                  "are of the inside of camp",
                  used ->
                      room(used).startsWith("camp")
                          && !List.of(
                                  "CampDatabase",
                                  "AgentVersionWriter",
                                  "ScoreWriter",
                                  "CaptureReader",
                                  "CampError")
                              .contains(outermost(used).getSimpleName())));

  /**
   * What the next kind will touch, too: its choice, what runs it, and what makes one of the other.
   */
  @ArchTest
  static void a_kind_of_agent_or_of_grader_is_named_in_few_files_beside_the_doors(
      JavaClasses classes) {
    assertThat(naming(classes, "agent.AgentChoice$Http", "agent.HttpAgent"))
        .hasSizeBetween(2, FILES_OF_A_KIND);
    assertThat(naming(classes, "agent.AgentChoice$Agl", "agent.AglAgent"))
        .hasSizeBetween(2, FILES_OF_A_KIND);
    assertThat(naming(classes, "grading.ExternalGrader$Http", "grading.AskedService"))
        .hasSizeBetween(2, FILES_OF_A_KIND);
  }

  private static Set<String> naming(JavaClasses classes, String... names) {
    Set<String> types = Stream.of(names).map(name -> ROOT + name).collect(toSet());
    assertThat(types).allMatch(classes::contain);
    return classes.stream()
        .filter(type -> !DOORS.contains(room(type)) && !type.getSimpleName().equals("RlOptions"))
        .filter(
            type ->
                types.contains(type.getName())
                    || type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(used -> types.contains(used.getTargetClass().getName())))
        .map(type -> outermost(type).getName())
        .collect(toSet());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  @ArchTest
  static void a_room_has_few_files_and_fewer_that_others_see(JavaClasses classes) {
    Map<String, List<JavaClass>> rooms =
        classes.stream()
            .filter(type -> !type.isNestedClass() && !type.isAnonymousClass())
            .collect(groupingBy(ArchitectureTest::room));
    assertThat(
            rooms.entrySet().stream()
                .filter(room -> !LARGE.contains(room.getKey()))
                .filter(room -> room.getValue().size() > MOST_FILES)
                .map(Map.Entry::getKey))
        .isEmpty();
    assertThat(
            rooms.entrySet().stream()
                .filter(room -> publicTypes(room.getValue()) > MOST_PUBLIC)
                .map(Map.Entry::getKey))
        .isEmpty();
  }

  private static long publicTypes(List<JavaClass> types) {
    return types.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)).count();
  }

  @ArchTest
  static void no_two_types_have_one_name(JavaClasses classes) {
    Map<String, Long> names =
        classes.stream()
            .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getSimpleName, Collectors.counting()));
    assertThat(names.entrySet().stream().filter(name -> name.getValue() > 1)).isEmpty();
  }
}
