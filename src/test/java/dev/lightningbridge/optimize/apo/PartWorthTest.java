package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RolloutRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartWorthTest {
  private static final List<Task> TASKS = ScriptedWorld.tasks("t", 40);

  private static final String RULES =
      """
      Classify the sentiment of the review as positive or negative.

      - Positive: praise, satisfaction or a recommendation.
      - Negative: a complaint, disappointment or a defect.

      Answer with the lower-case word alone: positive or negative.""";
  private static final String EXAMPLES =
      """
      Examples:
      Review: I love this phone, it works perfectly.
      Answer: positive
      Review: The screen broke after a week.
      Answer: negative
      Review: Great food and friendly staff.
      Answer: positive
      Review: We waited an hour and it was cold.
      Answer: negative""";

  private final ScriptedWorld world = new ScriptedWorld();
  private final CallPool pool = new CallPool(4, Long.MAX_VALUE, new Cancellation());
  private final Rollouts rollouts =
      new Rollouts(new RolloutRunner(world, world), pool, event -> {}, true);
  private final PartWorth worth =
      new PartWorth(TASKS, rollouts, PromptGuard.of("", PromptRules.NONE));

  PartWorthTest() {
    world.rewards =
        (prompt, task) ->
            0.32
                + (prompt.contains("good") ? 0.3 : 0)
                + (prompt.contains("fine") ? 0.3 : 0)
                - (prompt.contains("harm") ? 0.3 : 0)
                + 0.05 * Math.floorMod(task.hashCode(), 2);
  }

  @Test
  void a_harmful_item_goes_and_a_good_item_of_a_rejected_sibling_comes() throws Exception {
    Candidate best = tried("head\n- good\n- harm");
    tried("head");
    tried("head\n- good");
    tried("head\n- fine\n- harm");
    tried("head\n- good\n- harm\n- fine");
    assertThat(worth.recombined(best, Choices.by(new SplittableRandom(1))))
        .isEqualTo("head\n- fine\n- good");
  }

  @Test
  void the_first_part_and_blank_lines_stay() throws Exception {
    Candidate best = tried("harm\n\ngood");
    tried("harm");
    tried("good");
    assertThat(worth.recombined(best, Choices.by(new SplittableRandom(1))))
        .isEqualTo("harm\n\ngood");
  }

  @Test
  void parts_of_a_wholly_different_text_are_not_mixed_in() throws Exception {
    Candidate best = tried("head\n\nplain");
    tried("head");
    tried("Other\n\ntext\n- good\n- fine");
    List<String> proposals = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      proposals.add(worth.recombined(best, Choices.by(new SplittableRandom(seed))));
    }
    assertThat(proposals).noneMatch(p -> p.contains("good") || p.contains("Other"));
  }

  /**
   * What the first run on a real model promoted had answers without their reviews, and the reverse.
   */
  @Test
  void no_recombination_of_the_first_real_run_tears_its_examples() throws Exception {
    Candidate best = tried(RULES + "\n\n" + EXAMPLES);
    tried("Classify the sentiment of the review. Answer with one word.");
    tried(RULES + "\n\n" + EXAMPLES + "\nReview: I called three times.\nAnswer: negative");
    tried(RULES + "\n\n- Irony counts by what is meant.\n\n" + EXAMPLES);
    tried(RULES + "\n\nReview: A charming film.\nAnswer: positive\n\n" + EXAMPLES);
    for (int seed = 0; seed < 200; seed++) {
      List<String> lines =
          worth.recombined(best, Choices.by(new SplittableRandom(seed))).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        boolean review = lines.get(i).startsWith("Review:");
        boolean answered = i + 1 < lines.size() && lines.get(i + 1).startsWith("Answer: ");
        assertThat(answered).as("line %d of %s", i, lines).isEqualTo(review);
      }
    }
  }

  /**
   * The start and the edits of the first run on a real model, of which line by line the garbled
   * prompt was made that it promoted: answers without reviews, reviews without answers.
   */
  @Test
  void of_the_edits_of_the_first_real_run_no_move_makes_a_garbled_prompt() throws Exception {
    List<Candidate> edits = new ArrayList<>();
    Set<String> parts = new HashSet<>();
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/optimize/first-run-edits.jsonl"))) {
      String prompt = Json.mapper().readTree(line).path("prompt").textValue();
      edits.add(tried(prompt));
      PromptParts.of(prompt).forEach(part -> parts.add(part.text()));
    }
    Set<String> made = new HashSet<>();
    for (Candidate best : edits) {
      for (int seed = 0; seed < 8; seed++) {
        made.add(worth.recombined(best, Choices.by(new SplittableRandom(seed))));
      }
    }
    assertThat(made).hasSizeGreaterThan(10);
    assertThat(made.stream().flatMap(prompt -> torn(prompt, parts).stream())).isEmpty();
    assertThat(torn("Examples:\nAnswer: positive\n- Irony counts.\nReview: A film.", parts))
        .hasSizeGreaterThan(2);
    assertThat(torn("Review: A film.\nAnswer: positive\n\n- Irony counts.", parts))
        .contains("behind examples: - Irony counts.");
  }

  /** What no person would leave in a prompt. */
  private static List<String> torn(String prompt, Set<String> parts) {
    List<String> torn = new ArrayList<>();
    List<String> lines = prompt.lines().filter(line -> !line.isBlank()).toList();
    boolean shown = false;
    boolean asked = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean asks = line.startsWith("Review:") || line.startsWith("Input:");
      boolean answered =
          i + 1 < lines.size() && lines.get(i + 1).matches("(Answer: )?(positive|negative)");
      if (asks && !answered) {
        torn.add("no answer to " + line);
      }
      if (!asks && answered) {
        torn.add("an answer to " + line);
      }
      if (shown && !asks && !asked && !line.equals("Examples:")) {
        torn.add("behind examples: " + line);
      }
      shown |= asks;
      asked = asks;
    }
    PromptParts.of(prompt).stream()
        .map(PromptPart::text)
        .filter(text -> !parts.contains(text))
        .forEach(text -> torn.add("half of a part: " + text));
    return torn;
  }

  private Candidate tried(String prompt) throws SearchStopped {
    Candidate candidate = new Candidate(prompt, prompt);
    rollouts.of(List.of(new Rollouts.Trial(candidate, TASKS)));
    worth.learnFrom(candidate);
    return candidate;
  }
}
