package dev.lightningbridge.grading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.JsonService;
import dev.lightningbridge.common.Programs;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.grading.GradingException.Kind;
import dev.lightningbridge.model.ModelException;
import java.util.List;

/**
 * Grades by a grader outside of this program. What it was asked once it is not asked again in the
 * run's life. An answer that is none is a failure, never a reward.
 */
public final class ExternalGrading implements Grader {
  /** What a note may have in characters; the rest would only crowd a critique. */
  private static final int LONGEST_NOTE = 4_000;

  private final ExternalGrader grader;
  private final Asked asked;
  private final GradeJournal journal;

  ExternalGrading(ExternalGrader grader, Asked asked, GradeJournal journal) {
    this.grader = grader;
    this.asked = asked;
    this.journal = journal;
  }

  /**
   * The grader of a run.
   *
   * @param environment what a program gets of this process's own
   * @param cancellation ends a question that is under way
   */
  public static ExternalGrading of(
      ExternalGrader grader,
      GradeJournal journal,
      CleanEnvironment environment,
      Cancellation cancellation) {
    Asked asked =
        switch (grader) {
          case ExternalGrader.Command command ->
              new AskedCommand(command, environment, cancellation);
          case ExternalGrader.Http http -> new AskedService(http, cancellation);
        };
    return new ExternalGrading(grader, asked, journal);
  }

  /**
   * Looks at what can be seen before a run.
   *
   * @throws BridgeException LB-4008 where there is no such program, or the URL is none
   */
  public static void check(ExternalGrader grader) {
    switch (grader) {
      case ExternalGrader.Command command -> {
        if (!Programs.has(command.words().getFirst(), command.folder())) {
          throw new BridgeException(
              GradingError.GRADER_UNUSABLE,
              "there is no program %s that can be run".formatted(command.words().getFirst()),
              "the grader \"%s\" in %s".formatted(command.name(), command.folder()),
              "Give a program on the PATH or its path. No shell reads the command: a script of a"
                  + " shell's is run by `sh FILE`.");
        }
      }
      case ExternalGrader.Http http -> {
        if (JsonService.address(http.url()).isEmpty()) {
          throw new BridgeException(
              GradingError.GRADER_UNUSABLE,
              "the grader's address is no http or https URL without a password",
              http.name(),
              "Give one such as http://127.0.0.1:8000/grade.");
        }
      }
    }
  }

  @Override
  public String name() {
    return grader.name();
  }

  @Override
  public Grade grade(Task task, String output) throws ModelException, GradingException {
    return grade(task, output, List.of());
  }

  @Override
  public Grade grade(Task task, String output, List<Message> messages)
      throws ModelException, GradingException {
    String question = question(task, output, messages);
    String key = TextHash.of(identity(), question).hex();
    Grade kept = journal.find(key).orElse(null);
    if (kept != null) {
      return kept;
    }
    try {
      return journal.keep(key, read(asked.answer(question)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Kind.CANCELLED, "Cancelled", null, e);
    }
  }

  private String identity() {
    return switch (grader) {
      case ExternalGrader.Command command -> Json.write(command.words());
      case ExternalGrader.Http http -> http.url();
    };
  }

  private static String question(Task task, String output, List<Message> messages) {
    // Raw, so that no number loses a digit on its way.
    String input = task.shape() == null ? Json.write(task.input()) : task.given();
    String expected = task.expected() == null ? "null" : task.expected().json();
    ObjectNode question = Json.mapper().createObjectNode().put("task", task.id());
    question.putRawValue("input", new RawValue(input));
    question.putRawValue("expected", new RawValue(expected));
    question.put("output", output);
    ArrayNode said = question.putArray("messages");
    messages.forEach(m -> said.addObject().put("role", m.role()).put("content", m.content()));
    return Json.write(question);
  }

  private Grade read(String answer) throws GradingException {
    JsonNode json;
    try {
      json = Json.outside().readTree(answer);
    } catch (JsonProcessingException e) {
      throw bad("no JSON", answer);
    }
    if (json.isMissingNode()) {
      throw bad("no JSON", answer);
    }
    JsonNode reward = json.path("reward");
    JsonNode note = json.path("note");
    if (!reward.isNumber()) {
      throw bad("no number as its \"reward\"", answer);
    }
    if (!(reward.doubleValue() >= 0 && reward.doubleValue() <= 1)) {
      throw bad("a reward outside of 0 to 1", answer);
    }
    if (!note.isTextual() && !note.isNull() && !note.isMissingNode()) {
      throw bad("a \"note\" that is no text", answer);
    }
    // A NUL is what databases stumble over.
    String words = note.isTextual() ? note.textValue().replace('\0', '\uFFFD') : "";
    return new Grade(
        reward.doubleValue(), words.substring(0, Math.min(LONGEST_NOTE, words.length())));
  }

  private GradingException bad(String what, String answer) {
    String said =
        answer.isBlank() ? "nothing" : Excerpt.quoted(ControlText.onOneLine(answer.strip()));
    return new GradingException(
        Kind.GRADER_BAD_ANSWER,
        "the grader \"%s\" answered %s: %s".formatted(grader.name(), what, said));
  }
}
