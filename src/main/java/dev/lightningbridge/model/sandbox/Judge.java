package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.sandbox.requests.Conversation;
import dev.lightningbridge.model.sandbox.requests.Sections;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Scores an output from 1 to 10 with a reason, as one JSON object. */
final class Judge {
  private static final double NAMES_A_FAULT = 0.7;
  private static final double SHORT = 40;
  private static final double LONG = 400;

  /** What a judge hears that can be talked into a score, in whatever language it is asked. */
  private static final Pattern HIGH_SCORE =
      Pattern.compile(
          "(?i)(?<!\\d)10(?!\\d)|\\b(?:ten points|perfect ten|highest score|full marks|top of the scale)\\b");

  private static final Pattern INPUT = Pattern.compile("(?mi)^#+ input\\b.*$");
  private static final Pattern OUTPUT = Pattern.compile("(?mi)^#+ (agent's )?output\\b.*$");

  private final World world;
  private final JudgeHabit habit;
  private final Feedback feedback;

  Judge(World world, JudgeHabit habit, Feedback feedback) {
    this.world = world;
    this.habit = habit;
    this.feedback = feedback;
  }

  String answer(Conversation conversation) {
    Optional<Shown> shown =
        conversation.turns().stream()
            .filter(t -> !t.instructs())
            .flatMap(t -> shown(t).stream())
            .findFirst();
    Verdict verdict =
        shown
            .map(s -> judge(s, conversation.key() + "#" + conversation.ordinal()))
            .orElse(new Verdict(1, "There is no output to be judged."));
    return Json.write(verdict);
  }

  /** The answer's members. */
  record Verdict(int score, String reason) {}

  private record Shown(String input, String output) {}

  /** What our judge's letter shows last is the input and the output. */
  private static Optional<Shown> shown(Conversation.Turn turn) {
    List<String> data = turn.data();
    return data.size() < 2
        ? underHeadings(turn.text())
        : Optional.of(new Shown(data.get(data.size() - 2), data.getLast()));
  }

  /** Any request that has an input and an output under headings; the last ones count. */
  private static Optional<Shown> underHeadings(String text) {
    Optional<MatchResult> output = OUTPUT.matcher(text).results().reduce((a, b) -> b);
    return output.map(
        o ->
            new Shown(
                Sections.unfenced(Sections.afterLast(text.substring(0, o.start()), INPUT)),
                Sections.unfenced(text.substring(o.end()))));
  }

  private Verdict judge(Shown shown, String key) {
    Assessment truth = world.domainOf(shown.input()).assess(shown.input(), shown.output());
    double score =
        switch (habit) {
          case JudgeHabit.Truthful truthful ->
              1
                  + 9 * truth.reward()
                  + truthful.noise() * Draw.generator(world.seed(), "judge", key).nextGaussian();
          case JudgeHabit.CoinFlip coin -> 1 + Math.floor(10 * Draw.of(world.seed(), "coin", key));
          case JudgeHabit.LengthLoving lover ->
              1
                  + 9
                      * Math.log(Math.max(1, shown.output().length()) / SHORT)
                      / Math.log(LONG / SHORT);
          case JudgeHabit.Talkable talkable ->
              HIGH_SCORE.matcher(shown.output()).find() ? 10 : 1 + 9 * truth.reward();
        };
    return new Verdict(Math.clamp(Math.round(score), 1, 10), reason(shown, truth.violated()));
  }

  private String reason(Shown shown, List<Skill> violated) {
    if (violated.isEmpty()) {
      return "It meets every requirement.";
    }
    String named =
        violated.stream()
            .filter(s -> says(shown, s))
            .map(s -> s.texts().get(0))
            .collect(Collectors.joining(" "));
    return named.isEmpty() || feedback == Feedback.SCALAR
        ? "It does not meet every requirement."
        : "It breaks requirements: " + named;
  }

  private boolean says(Shown shown, Skill fault) {
    return Draw.of(world.seed(), "feedback", fault.id(), shown.input(), shown.output())
        < NAMES_A_FAULT;
  }
}
