package dev.lightningbridge.web;

import io.quarkus.qute.TemplateExtension;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences that name the command line's options, as a page says them: by its own fields. */
@TemplateExtension
final class PageWords {
  private static final Pattern ASIDE = Pattern.compile(" \\(--[a-z-]+\\)");
  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w-])(--[a-z][a-z-]+)(?: (?:FILE(?:\\.jsonl)?|MODEL|N|\\d+)\\b)?");

  /** The labels that the forms of pages have. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("--tasks", "Tasks beside the inputs of the session"),
          Map.entry("--only-given-tasks", "Leave the captured inputs out"),
          Map.entry("--synthesize", "Have the model write inputs until there are"),
          Map.entry("--max-calls", "Calls at most"),
          Map.entry("--max-usd", "US dollars at most"),
          Map.entry("--engine", "Engine"),
          Map.entry("--strategy", "Java engine’s search"),
          Map.entry("--grader", "Grader"),
          Map.entry("--model", "Model"),
          Map.entry("--judge-model", "Judge’s model"),
          Map.entry("--critic-model", "Critic’s model"),
          Map.entry("--editor-model", "Editor’s model"),
          Map.entry("--rounds", "Rounds"),
          Map.entry("--seed", "Seed"),
          Map.entry("--least-effect", "Least gain in mean reward"),
          Map.entry("--no-regression", "Hold where a group of tasks got significantly worse"),
          Map.entry("--base-model", "Base model"),
          Map.entry("--min-score", "Least score that is learnt"),
          Map.entry("--steps", "Steps"),
          Map.entry("--allow-locked", "Also if the lineage was locked since"));

  private PageWords() {}

  /** The same sentence; an option that no form has stays as it is. */
  static String onPage(String sentence) {
    return OPTION.matcher(ASIDE.matcher(sentence).replaceAll("")).replaceAll(PageWords::label);
  }

  private static String label(MatchResult found) {
    String label = LABELS.get(Objects.requireNonNull(found.group(1)));
    return Matcher.quoteReplacement(label == null ? found.group() : "“" + label + "”");
  }
}
