package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Usage;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.CallTerms;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SearchMeans;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must stay in a prompt stays, whatever an editor does to it. */
class GuardedSearchTest {
  private static final String START =
      """
      Answer the question of the customer ${name}.

      Never give legal advice.

      <rules>
      - Be short.
      - Be kind.
      </rules>

      {{question}}""";

  private final Set<String> run = new ConcurrentSkipListSet<>();
  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger edits = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"racing", "apo"})
  void every_prompt_that_is_run_holds_places_tags_and_marked_lines_of_the_start(String strategy) {
    JavaOptimizer engine =
        strategy.equals("racing") ? JavaOptimizer.racing() : JavaOptimizer.beamSearch();
    OptimizationResult result =
        engine.optimize(
            new OptimizationJob(
                "run",
                START,
                ScriptedWorld.tasks("t", 12),
                ScriptedWorld.tasks("v", 12),
                List.of(),
                ApoSettings.DEFAULT,
                PromptGuard.of(START, new PromptRules(List.of("^Never "), 200, false)),
                CallTerms.USUAL,
                3,
                SearchMeans.LETTERS),
            context());
    assertThat(new TreeSet<>(run))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            prompt ->
                assertThat(prompt)
                    .contains("${name}", "<rules>", "</rules>", "{{question}}")
                    .containsPattern("(?m)^Never give legal advice\\.$")
                    .hasSizeLessThan(601));
    List<RunEvent.EditGuarded> guarded =
        events.stream()
            .filter(RunEvent.EditGuarded.class::isInstance)
            .map(RunEvent.EditGuarded.class::cast)
            .toList();
    assertThat(guarded).extracting(RunEvent.EditGuarded::repaired).contains(true, false);
    assertThat(result.remarks())
        .anySatisfy(remark -> assertThat(remark).contains("were put back"))
        .anySatisfy(remark -> assertThat(remark).contains("must stay were lost"))
        .anySatisfy(remark -> assertThat(remark).contains("more than 200 tokens"));
  }

  /** Loses something most of the time. */
  private String edited(String prompt) {
    int n = edits.incrementAndGet();
    String more = prompt.replace("- Be kind.", "- Be kind.\n- Point " + n + ".");
    return switch (n % 6) {
      case 0 -> more.replace("Never give legal advice.\n", "");
      case 1 -> more.replace("<rules>\n", "");
      case 2 -> more.replace("{{question}}", "");
      case 3 -> more.replace(" ${name}", "");
      case 4 -> more + "\n" + "much more ".repeat(100);
      default -> more;
    };
  }

  private Context context() {
    AgentRunner agent =
        (prompt, task) -> {
          run.add(prompt);
          return new AgentRunner.Output(List.of(new Message("user", task.input())), prompt);
        };
    ChatModel models =
        request -> answer(request.role() == ModelRole.CRITIC ? "- More." : edited(prompt(request)));
    return new Context(
        new RolloutRunner(agent, new Points()),
        models,
        new ModelEndpoint(URI.create("http://127.0.0.1/v1"), "none"),
        events::add,
        new Cancellation());
  }

  private static String prompt(ChatRequest request) {
    String text = request.body().path("messages").findValuesAsText("content").toString();
    int from = text.indexOf("Answer the question");
    return text.substring(from, text.indexOf("\n</data-", from));
  }

  private static ChatAnswer answer(String content) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("choices").addObject().putObject("message").put("content", content);
    return new ChatAnswer(body, new Usage(0, 0, true));
  }

  /** More points are better, not all at once. */
  private static final class Points implements Grader {
    @Override
    public Grade grade(Task task, String output) {
      int points = output.split("Point", -1).length;
      return new Grade(Math.floorMod(task.id().hashCode(), 10) < points ? 1 : 0, "");
    }

    @Override
    public String name() {
      return "points";
    }
  }
}
