package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.RunNeed;
import dev.lightningbridge.runs.request.RunOption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code optimize} and {@code judge}: what does nothing in a run is wrong use. */
class RunOptionsTest {
  private static final List<String> SEARCHED = List.of("--algorithm=prompt");
  private static final List<String> BY_SFT = List.of("--algorithm=sft", "--base-model=m");
  private static final List<String> BY_RL = List.of("--algorithm=rl", "--base-model=m");
  private static final String URL = "--base-url=http://127.0.0.1:9/v1";
  private static final Map<String, String> VALUES =
      Map.of(
          "--engine", "java",
          "--strategy", "racing",
          "--grader", "auto",
          "--sandbox-judge", "careful",
          "--base-url", "http://127.0.0.1:9/v1",
          "--algorithm", "prompt",
          "--agent", "agl:support",
          "--train-rollouts", "2",
          "--max-example-tokens", "64");

  @TempDir Path folder;

  private static Map<String, OptionSpec> options(Object command) {
    return new CommandLine(command)
        .getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .collect(Collectors.toMap(OptionSpec::longestName, option -> option));
  }

  private static Map<String, OptionSpec> optionsOf(String command) {
    Console console = new Console(System.out, System.err);
    return options(
        command.equals("judge")
            ? new JudgeCommand(console, new Interrupts())
            : new OptimizeCommand(console, new Interrupts()));
  }

  private static Optional<RunOption> named(String option) {
    return Arrays.stream(RunOption.values())
        .filter(o -> o.name(AskedRun.Door.COMMAND_LINE).equals(option))
        .findFirst();
  }

  @Test
  void theTableHasEveryOptionOfBothCommandsAndNoOther() {
    Set<String> there = new LinkedHashSet<>(optionsOf("optimize").keySet());
    there.addAll(optionsOf("judge").keySet());
    List<String> listed =
        Arrays.stream(RunOption.values())
            .map(o -> o.name(AskedRun.Door.COMMAND_LINE))
            .filter(name -> !name.isEmpty())
            .toList();
    assertThat(there).hasSizeGreaterThan(70);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(there);
  }

  /** Each option of each command with each thing that it needs. */
  static Stream<Arguments> needs() {
    return Stream.of("optimize", "judge")
        .flatMap(
            command ->
                optionsOf(command).keySet().stream()
                    .sorted()
                    .flatMap(
                        option ->
                            named(option).orElseThrow().needs().stream()
                                .filter(need -> canBeUnmet(command, option, need))
                                .map(need -> Arguments.of(command, option, need))));
  }

  /** The test of a judge always has one, and never searches, whatever else is said. */
  private static boolean canBeUnmet(String command, String option, RunNeed need) {
    boolean ofSearch = named(option).orElseThrow().needs().contains(RunNeed.SEARCH);
    return command.equals("optimize")
        || (need != RunNeed.JUDGE && ofSearch == (need == RunNeed.SEARCH));
  }

  @ParameterizedTest
  @MethodSource("needs")
  void whatDoesNothingIsWrongUseThatNamesTheOption(String command, String option, RunNeed need) {
    Words words = new Words();
    words.add(List.of(word(command, option)));
    named(option).orElseThrow().needs().stream()
        .takeWhile(before -> before != need)
        .forEach(before -> words.add(met(before, words)));
    words.add(unmet(command, need));
    Ended ended = run(command, words);
    assertThat(ended.status()).as(ended.errors()).isEqualTo(2);
    assertThat(ended.errors()).contains("LB-7125", option + " does nothing here: " + need.why());
  }

  static Stream<Arguments> all() {
    return Stream.of("optimize", "judge")
        .flatMap(
            command ->
                optionsOf(command).keySet().stream()
                    .sorted()
                    .filter(
                        option ->
                            command.equals("optimize")
                                || !named(option).orElseThrow().needs().contains(RunNeed.SEARCH))
                    .map(option -> Arguments.of(command, option)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whereAnOptionDoesSomethingItIsTaken(String command, String option) {
    Words words = new Words();
    if (!Set.of("--db", "--session", "--lineage", "--home").contains(option)) {
      words.add(List.of(word(command, option)));
    }
    named(option).orElseThrow().needs().forEach(need -> words.add(met(need, words)));
    assertThat(run(command, words).errors()).doesNotContain("LB-7125").contains("LB-1001");
  }

  private static String word(String command, String option) {
    OptionSpec spec = optionsOf(command).get(option);
    if (spec.arity().max() == 0) {
      return option;
    }
    String usual =
        spec.isMultiValue() ? "a=b" : Number.class.isAssignableFrom(boxed(spec.type())) ? "1" : "x";
    return option + "=" + VALUES.getOrDefault(option, usual);
  }

  private static Class<?> boxed(Class<?> type) {
    return type == int.class || type == long.class || type == double.class ? Integer.class : type;
  }

  /** A command line that has each option once. */
  private static final class Words {
    private final List<String> words = new ArrayList<>();

    void add(List<String> more) {
      more.stream().filter(word -> !has(word.replaceAll("=.*", ""))).forEach(words::add);
    }

    boolean has(String option) {
      return words.stream().anyMatch(w -> w.equals(option) || w.startsWith(option + "="));
    }
  }

  private static List<String> met(RunNeed need, Words before) {
    return switch (need) {
      case TRAINING, TUNING -> BY_SFT;
      case RL, DPO_OR_RL -> BY_RL;
      case SEARCH_OR_RL ->
          before.has("--agent-class") ? List.of("--agent-path=agent.jar") : List.of();
      case CLASS_AGENT -> List.of("--agent-class=a.B");
      case PROGRAM_AGENT -> List.of("--agent-command=cat");
      case JAVA_ENGINE -> List.of("--engine=java");
      case SANDBOX -> List.of("--sandbox");
      case EXTERNAL_GRADER -> List.of("--grader-command=x");
      case MODEL -> before.has("--base-url") ? List.of() : List.of("--sandbox");
      case ENDPOINT -> List.of(URL);
      case CRITIC_ENDPOINT -> List.of(URL, "--critic-base-url=http://127.0.0.1:9/v1");
      case EDITOR_ENDPOINT -> List.of(URL, "--editor-base-url=http://127.0.0.1:9/v1");
      case JUDGE_ENDPOINT -> List.of(URL, "--judge-base-url=http://127.0.0.1:9/v1");
      default -> List.of();
    };
  }

  private static List<String> unmet(String command, RunNeed need) {
    return switch (need) {
      case SEARCH -> command.equals("judge") ? List.of() : BY_SFT;
      case TRAINING -> SEARCHED;
      case TUNING -> BY_RL;
      case RL, DPO_OR_RL, SEARCH_OR_RL, MODEL -> BY_SFT;
      case CLASS_AGENT, PROGRAM_AGENT -> List.of();
      case JAVA_ENGINE -> List.of("--engine=auto");
      case MAYBE_JAVA_ENGINE -> List.of("--engine=agentlightning");
      case CRITIC -> List.of(URL, "--critic-model=none");
      case SANDBOX -> List.of(URL);
      case ENDPOINT -> List.of("--sandbox");
      case JUDGE -> List.of("--grader=exact");
      case OWN_GRADER, NO_GRADER_COMMAND -> List.of("--grader-command=x");
      case EXTERNAL_GRADER -> List.of("--grader=auto");
      case SESSION -> List.of("--lineage=l");
      case AGENT_MODEL -> command.equals("judge") ? List.of("--judge-model=j") : BY_SFT;
      case NO_KEY_FILE -> List.of("--key-file=k");
      case NO_CRITIC_KEY_FILE -> List.of("--critic-key-file=k");
      case NO_EDITOR_KEY_FILE -> List.of("--editor-key-file=k");
      case NO_JUDGE_KEY_FILE -> List.of("--judge-key-file=k");
      case CRITIC_ENDPOINT, EDITOR_ENDPOINT, JUDGE_ENDPOINT -> List.of(URL);
    };
  }

  private record Ended(int status, String errors) {}

  private Ended run(String command, Words words) {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("--db=" + folder.resolve("none.db"));
    all.add("--home=" + folder.resolve("home"));
    if (words.has("--base-model")) {
      words.add(List.of("--gpus=0"));
    } else if (!words.has("--base-url")) {
      words.add(List.of("--sandbox"));
    }
    if (!words.has("--lineage")) {
      words.add(List.of("--session=s"));
    }
    all.addAll(words.words);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(told, true, StandardCharsets.UTF_8);
    int status = Bridge.run(new Console(both, both), new Interrupts(), all.toArray(String[]::new));
    return new Ended(status, told.toString(StandardCharsets.UTF_8));
  }
}
