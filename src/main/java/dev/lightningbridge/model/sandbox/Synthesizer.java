package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.sandbox.requests.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Writes new inputs in the manner of those it is shown, as a JSON array of strings. */
final class Synthesizer {
  private static final int DEFAULT_COUNT = 10;
  private static final int MOST = 200;
  private static final Pattern COUNT = Pattern.compile("(?i)\\b(\\d{1,3}) (?:new|more|further)\\b");
  private static final Pattern FENCED =
      Pattern.compile("(?m)^(`{3,})[^\\n`]*\\n([\\s\\S]*?)\\n\\1[ \\t]*$");
  private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");

  private final World world;

  Synthesizer(World world) {
    this.world = world;
  }

  String answer(Conversation conversation) {
    int count =
        Math.min(
            MOST,
            Parsing.group(COUNT, conversation.whole())
                .map(Integer::parseInt)
                .orElse(DEFAULT_COUNT));
    SplittableRandom random = Draw.generator(world.seed(), "synthesizer", conversation.key());
    Optional<KnownDomain> known = world.knownIn(conversation.lastUser());
    if (known.isPresent()) {
      int first = random.nextInt(1_000, 9_000);
      return Json.write(
          IntStream.range(0, count)
              .mapToObj(i -> known.get().newInput(random, first + i))
              .toList());
    }
    List<String> models = shown(conversation.lastUser());
    Variations variations = new Variations(world.generic(), random);
    return Json.write(
        IntStream.range(0, count)
            .mapToObj(i -> variations.of(models.get(i % models.size())))
            .toList());
  }

  /** The inputs in a request: in fences, in a JSON array, or else its last paragraph. */
  private static List<String> shown(String text) {
    List<String> fenced = FENCED.matcher(text).results().map(m -> m.group(2)).toList();
    if (!fenced.isEmpty()) {
      return fenced;
    }
    List<String> listed = text.lines().flatMap(l -> strings(l).stream()).toList();
    return listed.isEmpty()
        ? List.of(BLANK_LINES.splitAsStream(text).reduce("", (a, b) -> b.isBlank() ? a : b))
        : listed;
  }

  private static List<String> strings(String line) {
    if (!line.startsWith("[\"")) {
      return List.of();
    }
    try {
      JsonNode array = Json.mapper().readTree(line);
      return StreamSupport.stream(array.spliterator(), false)
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText)
          .toList();
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
