package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.FencedTexts;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.CallTerms;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.SearchMeans;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every template that critic and editor are asked with, as a file of resources/optimize. */
class LettersTest {
  private static final Candidate V0 = new Candidate("v0", "p");
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  static List<String> templates() throws IOException, URISyntaxException {
    Path first = Path.of(MetaPrompt.class.getResource("/optimize/edit-whole.md").toURI());
    try (Stream<Path> files = Files.list(first.getParent())) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".md"))
              .map(name -> name.substring(0, name.length() - 3))
              .sorted()
              .toList();
      Set<String> used =
          Stream.concat(MetaPrompt.CRITIQUES.stream(), MetaPrompt.EDITS.stream())
              .map(MetaPrompt::name)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(names).containsExactlyElementsOf(used);
      return names;
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void each_value_that_is_put_into_a_template_stands_in_a_fence(String name) {
    for (String planted : FencedTexts.PLANTED) {
      MetaPrompt template = MetaPrompt.load(name);
      String filled = message(template, planted);
      FencedTexts read = FencedTexts.of(filled);

      assertThat(read.outside()).doesNotContain("PLANTED");
      assertThat(read.inside()).contains("PLANTED prompt " + planted);
      if (name.startsWith("edit")) {
        assertThat(read.inside())
            .contains("PLANTED kept " + planted, "PLANTED critique " + planted)
            .anyMatch(text -> text.contains("PLANTED input"));
      } else {
        assertThat(String.join("\n", read.inside()))
            .contains("PLANTED kept")
            .contains("PLANTED model")
            .contains("PLANTED tried")
            .contains("PLANTED change")
            .contains("PLANTED broken input")
            .contains("PLANTED broken output")
            .contains("PLANTED feedback")
            .contains("PLANTED cause")
            .contains("PLANTED input")
            .contains("PLANTED output")
            .contains("PLANTED system")
            .contains("PLANTED comment")
            .contains("PLANTED directive")
            .contains("PLANTED earlier input")
            .contains("PLANTED earlier output");
        // What is left is the template's and the bridge's own, the same whatever was planted.
        assertThat(read.outside()).isEqualTo(FencedTexts.of(message(template, "")).outside());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void only_known_places_are_in_a_template(String name) {
    MetaPrompt template = MetaPrompt.load(name);
    assertThat(PLACE.matcher(template.system()).find()).isFalse();
    assertThat(PLACE.matcher(template.user()).results().map((MatchResult m) -> m.group(1)))
        .containsExactlyElementsOf(
            name.startsWith("edit")
                ? List.of("prompt", "called", "runs", "critique")
                : List.of("prompt", "called", "results", "runs"));
  }

  private static String message(MetaPrompt template, String planted) {
    ChatRequest request =
        template.fill(
            ModelRole.CRITIC,
            1,
            Map.of(
                "prompt", new Letter().data("PLANTED prompt " + planted),
                "critique", new Letter().data("PLANTED critique " + planted),
                "called", briefing(planted).called(V0),
                "results",
                    briefing(planted)
                        .results(
                            List.of(),
                            List.of(
                                new Briefing.Tried(
                                    "PLANTED tried " + planted,
                                    "+ PLANTED change " + planted,
                                    new Lead(V0, 8, 3, 0.2, 0.1),
                                    3,
                                    2,
                                    List.of(broken(planted))))),
                "runs", ShownExperiments.of(experiments(planted))));
    var messages = request.body().path("messages");
    return messages.path(messages.size() - 1).path("content").textValue();
  }

  private static Briefing briefing(String planted) {
    return new Briefing(
        new OptimizationJob(
            "run",
            "p",
            List.of(),
            List.of(),
            List.of(),
            ApoSettings.DEFAULT,
            new PromptGuard(Set.of(), Set.of("PLANTED kept " + planted), 1_000),
            new CallTerms(false, 200, "PLANTED model " + planted),
            1,
            SearchMeans.LETTERS));
  }

  private static Rollout broken(String planted) {
    return new Rollout(
        ScriptedWorld.task("PLANTED broken input " + planted),
        "p",
        List.of(),
        "PLANTED broken output " + planted,
        new Outcome.Rewarded(0, ""));
  }

  private static List<Experiment> experiments(String planted) {
    var task = ScriptedWorld.task("PLANTED input " + planted);
    List<Message> messages =
        List.of(
            new Message("system", "PLANTED system " + planted),
            new Message("user", task.input()),
            new Message("assistant", "PLANTED output " + planted));
    return List.of(
        new Experiment.Run(
            new Rollout(
                task, "p", messages, "o", new Outcome.Rewarded(1, "PLANTED feedback " + planted))),
        new Experiment.Run(
            new Rollout(
                task,
                "p",
                List.of(),
                "",
                new Outcome.AgentFailed(
                    new Failure("REFUSED", "worker", "PLANTED cause " + planted, "")))),
        new Experiment.Note(
            new HumanNote(
                HumanNote.Kind.COMMENT,
                "PLANTED comment " + planted,
                "PLANTED earlier input " + planted,
                "PLANTED earlier output " + planted,
                0.5)),
        new Experiment.Note(
            new HumanNote(
                HumanNote.Kind.DIRECTIVE, "PLANTED directive " + planted, null, null, null)));
  }
}
