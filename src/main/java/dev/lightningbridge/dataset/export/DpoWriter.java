package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.dataset.export.Preferences.Choice;
import dev.lightningbridge.dataset.export.Preferences.Output;
import dev.lightningbridge.dataset.export.Preferences.Pair;
import dev.lightningbridge.dataset.export.Preferences.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * dpo.jsonl: conversational preference pairs. The prompt of a pair is the chosen output's, system
 * prompt included: where the two come from different agent versions, the better one's way is
 * taught.
 *
 * <p>Pairs are made of hashes and scores alone; meanwhile the texts wait on the disk.
 */
final class DpoWriter implements ExportWriter {
  record Row(
      List<Message> prompt,
      List<Message> chosen,
      List<Message> rejected,
      String source,
      List<String> sourceEventIds,
      boolean crossInput) {}

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rows = folder.rows("dpo");
    try (TextSpill texts = folder.spill()) {
      Map<Integer, Texts> places = new HashMap<>();
      for (Pair pair : pairs(corpus, request, since, folder, new Aside(texts, places))) {
        Texts chosen = Objects.requireNonNull(places.get(pair.chosen().place()));
        Texts rejected = Objects.requireNonNull(places.get(pair.rejected().place()));
        rows.write(
            new Row(
                List.of(
                    new Message("system", texts.get(chosen.prompt())),
                    new Message("user", texts.get(chosen.input()))),
                List.of(new Message("assistant", texts.get(chosen.output()))),
                List.of(new Message("assistant", texts.get(rejected.output()))),
                pair.source(),
                pair.sourceEventIds(),
                !pair.chosen().text().input().equals(pair.rejected().text().input())));
        folder.count("by_" + pair.source(), 1);
      }
    }
  }

  private static List<Pair> pairs(
      Corpus corpus, ExportRequest request, Since since, ExportFolder folder, Aside aside)
      throws IOException {
    List<Preference> choices = corpus.preferences().stream().filter(request::takes).toList();
    Set<String> inChoices = Preference.artifactIds(choices);
    Map<String, List<Output>> bySession = new LinkedHashMap<>();
    Map<String, Output> byArtifact = new HashMap<>();
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      int place = 0;
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); place++) {
        Attempt attempt = i.next();
        boolean isChosen = attempt.artifactId() != null && inChoices.contains(attempt.artifactId());
        since.isNew(attempt);
        TuningExample example =
            attempt.score() != null || isChosen ? TuningExample.of(attempt, folder) : null;
        if (example != null && request.takes(example)) {
          Output output = output(place, attempt, example, since);
          aside.put(place, example);
          bySession.computeIfAbsent(attempt.sessionId(), s -> new ArrayList<>()).add(output);
          if (isChosen && attempt.artifactId() != null) {
            byArtifact.put(attempt.artifactId(), output);
          }
        }
      }
    }
    Map<String, List<Choice>> choicesBySession = new HashMap<>();
    for (Preference choice : choices) {
      choicesBySession
          .computeIfAbsent(choice.sessionId(), s -> new ArrayList<>())
          .addAll(pairs(choice, byArtifact, since));
    }
    List<Pair> pairs = new ArrayList<>();
    bySession.forEach(
        (session, outputs) -> {
          Preferences preferences =
              new Preferences(request.pairs(), request.minScore() == null ? 0 : request.minScore());
          preferences.addChoices(choicesBySession.getOrDefault(session, List.of()));
          preferences.addScores(outputs);
          folder.count("contradictions", preferences.contradictions());
          folder.count("alike", preferences.alike());
          pairs.addAll(preferences.pairs());
        });
    return pairs;
  }

  private static Output output(int place, Attempt attempt, TuningExample example, Since since) {
    Integer then = since.isIncrement() ? since.scoreThen(attempt) : null;
    return new Output(
        place,
        new Text(InputKey.of(example.input()), Taught.hash(example.output())),
        attempt.score() == null ? 0 : attempt.score().value(),
        then == null ? 0 : then,
        attempt.id(),
        attempt.score() == null ? null : attempt.score().eventId());
  }

  private static List<Choice> pairs(
      Preference choice, Map<String, Output> byArtifact, Since since) {
    Output winner = byArtifact.get(choice.winnerArtifactId());
    if (winner == null) {
      return List.of();
    }
    String source = choice.source().name().toLowerCase(Locale.ROOT);
    boolean isNew = since.isNewEvent(choice.eventId());
    return choice.loserArtifactIds().stream()
        .map(byArtifact::get)
        .filter(Objects::nonNull)
        .map(loser -> new Choice(winner, loser, source, choice.eventId(), isNew))
        .toList();
  }

  /** Where the texts of an attempt wait. */
  private record Texts(long prompt, long input, long output) {}

  /** Puts texts aside; the prompts and inputs, which come again and again, once each. */
  private static final class Aside {
    private final TextSpill texts;
    private final Map<Integer, Texts> places;
    private final Map<TextHash, Long> once = new HashMap<>();

    Aside(TextSpill texts, Map<Integer, Texts> places) {
      this.texts = texts;
      this.places = places;
    }

    void put(int place, TuningExample example) throws IOException {
      long prompt = once(example.prompt());
      long input = once(example.input());
      places.put(place, new Texts(prompt, input, texts.put(example.output())));
    }

    private long once(String text) throws IOException {
      TextHash hash = TextHash.of(text);
      Long known = once.get(hash);
      if (known == null) {
        known = texts.put(text);
        once.put(hash, known);
      }
      return known;
    }
  }
}
