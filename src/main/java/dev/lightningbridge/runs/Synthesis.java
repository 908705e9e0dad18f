package dev.lightningbridge.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.NearDuplicates;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Has the model write new inputs for a session, from its need, its constraints and inputs that it
 * had. What says nearly the same as another input is dropped ({@link NearDuplicates}).
 */
public final class Synthesis {
  /** The most inputs that one call is asked for. */
  public static final int BATCH = 20;

  private static final int INPUTS_SHOWN = 12;
  private static final int CHARACTERS_SHOWN = 1500;
  private static final int LONGEST_INPUT = 20_000;
  private static final double TEMPERATURE = 1;

  /** So many answers in a row that bring nothing new are the end. */
  private static final int FRUITLESS = 3;

  private static final String INSTRUCTIONS =
      """
      You write new inputs for an agent, so that it can be tested on more than the few inputs there
      are. Write inputs as its users would: of the same kind and form as those shown, about other
      things, some easy, some hard, some unusual, each complete in itself. Answer with a JSON array of
      strings, each one an input, and nothing else.""";

  private final ChatModel model;
  private final String modelId;
  private final RunEvent.Listener events;
  private final Cancellation cancellation;

  public Synthesis(
      ChatModel model, String modelId, RunEvent.Listener events, Cancellation cancellation) {
    this.model = model;
    this.modelId = modelId;
    this.events = events;
    this.cancellation = cancellation;
  }

  /**
   * Writes what is missing to {@code count} synthetic tasks; fewer where the model has no more to
   * say, fails, or the budget ends.
   *
   * @param there the tasks there are, synthetic ones among them
   * @return the new ones
   */
  public List<Task> upTo(int count, Session session, List<Task> there) {
    long kept = there.stream().filter(t -> t.source() == TaskSource.SYNTHETIC).count();
    NearDuplicates seen = new NearDuplicates();
    there.forEach(task -> seen.add(task.input()));
    List<Task> made = new ArrayList<>();
    int fruitless = 0;
    while (kept + made.size() < count && fruitless < FRUITLESS) {
      cancellation.throwIfRequested();
      int wanted = Math.min(BATCH, (int) (count - kept - made.size()));
      int before = made.size();
      try {
        for (String input : written(wanted, session, there, made)) {
          if (made.size() - before < wanted && seen.add(input)) {
            made.add(task(input, session));
          }
        }
      } catch (ModelException e) {
        if (e.kind() == ModelException.Kind.CANCELLED) {
          cancellation.throwIfRequested();
        }
        say("warning", "No more inputs could be written: " + e.getMessage());
        break;
      }
      fruitless = made.size() == before ? fruitless + 1 : 0;
    }
    say(
        "info",
        "Synthetic inputs: %d kept from before, %d written now, %d asked for."
            .formatted(kept, made.size(), count));
    return List.copyOf(made);
  }

  /** Stand for the tasks that {@link #upTo} would write. */
  public static List<Task> placeholders(int count, List<Task> there) {
    long kept = there.stream().filter(t -> t.source() == TaskSource.SYNTHETIC).count();
    return LongStream.range(kept, count)
        .mapToObj(i -> "synthetic input " + i + " to be written")
        .map(text -> new Task(text, text, null, List.of(), null, TaskSource.SYNTHETIC))
        .toList();
  }

  /** The calls that so many new inputs take. */
  public static long batches(long inputs) {
    return (inputs + BATCH - 1) / BATCH;
  }

  private void say(String level, String text) {
    events.on(new RunEvent.Note(level, text));
  }

  private static Task task(String input, Session session) {
    return new Task(
        InputKey.of(input).taskId(), input, null, List.of(), session.id(), TaskSource.SYNTHETIC);
  }

  /** What one answer holds; nothing where it is not of the form asked for. */
  private List<String> written(int wanted, Session session, List<Task> there, List<Task> made)
      throws ModelException {
    String answer =
        model
            .complete(
                ChatRequest.of(
                    ModelRole.SYNTHESIZER,
                    modelId,
                    new Letter().say(INSTRUCTIONS),
                    request(wanted, session, there, made),
                    TEMPERATURE))
            .text();
    int from = answer.indexOf('[');
    int to = answer.lastIndexOf(']');
    List<String> inputs = new ArrayList<>();
    try {
      JsonNode array = Json.mapper().readTree(from < to ? answer.substring(from, to + 1) : "[]");
      array.forEach(
          item -> {
            if (item.isTextual()
                && !item.asText().isBlank()
                && item.asText().length() <= LONGEST_INPUT) {
              inputs.add(item.asText());
            }
          });
    } catch (JsonProcessingException e) {
      say("warning", "An answer with new inputs was no JSON array: " + e.getOriginalMessage());
    }
    return inputs;
  }

  private static Letter request(int wanted, Session session, List<Task> there, List<Task> made) {
    Letter letter = new Letter().say("What the agent is for:\n").data(session.need()).say("\n\n");
    if (session.constraints() != null && !session.constraints().isBlank()) {
      letter.say("Its outputs must keep to:\n").data(session.constraints()).say("\n\n");
    }
    letter
        .say("Inputs that it had, one JSON array a line:\n")
        .data(
            shown(
                there.stream()
                    .filter(task -> task.source() != TaskSource.SYNTHETIC)
                    .limit(INPUTS_SHOWN)))
        .say("\n");
    if (!made.isEmpty()) {
      letter
          .say("\nAlready written, so not to be written again:\n")
          .data(shown(made.stream().skip(Math.max(0, made.size() - INPUTS_SHOWN))))
          .say("\n");
    }
    return letter.say("\nWrite " + wanted + " new inputs.");
  }

  private static String shown(Stream<Task> tasks) {
    return tasks.map(Synthesis::shown).collect(Collectors.joining("\n"));
  }

  /** As JSON, so that each input is one line. */
  private static String shown(Task task) {
    String input = task.input();
    return Json.write(
        List.of(
            input.length() <= CHARACTERS_SHOWN
                ? input
                : input.substring(0, CHARACTERS_SHOWN) + "…"));
  }
}
