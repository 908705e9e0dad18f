package dev.lightningbridge.grading;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grades by a model's opinion on the 1 to 10 scale of people's scores; a score s is the reward (s −
 * 1) / 9, its reason the feedback. The temperature is 0. A malformed answer is pointed out and
 * asked for again up to twice, then it is a failure of the infrastructure and never a reward. The
 * same output for the same task is judged once in a judge's life.
 */
public final class JudgeGrader implements Grader {
  private static final int ANSWERS_ASKED = 3;
  private static final int MAX_TOKENS = 2048;

  private final ChatModel model;
  private final String modelId;
  private final Letter system;
  private final ScoreCorrection correction;
  private final OnceEach<Judged, Grade> grades = new OnceEach<>();

  /**
   * @param model the gateway
   * @param modelId the judge's model; the gateway may put its own in its place by the role
   */
  public JudgeGrader(ChatModel model, String modelId, Rubric rubric) {
    this(model, modelId, rubric, ScoreCorrection.NONE);
  }

  /** A judge whose scores are corrected by what its calibration found. */
  public JudgeGrader(ChatModel model, String modelId, Rubric rubric, ScoreCorrection correction) {
    this.model = model;
    this.modelId = modelId;
    this.correction = correction;
    this.system = JudgePrompt.system(rubric);
  }

  /** What a judge with this rubric is told, apart from the output in question. */
  public static String instructions(Rubric rubric) {
    return JudgePrompt.system(rubric).text();
  }

  @Override
  public String name() {
    return "judge";
  }

  @Override
  public Grade grade(Task task, String output) throws ModelException {
    return grades.get(
        new Judged(task.input(), task.expected(), output),
        () -> ask(task, output).toGrade(correction));
  }

  private JudgeAnswer ask(Task task, String output) throws ModelException {
    ChatRequest request =
        ChatRequest.of(ModelRole.JUDGE, modelId, system, JudgePrompt.user(task, output), 0);
    request.body().put("max_tokens", MAX_TOKENS);
    request.body().putObject("response_format").put("type", "json_object");
    for (int asked = 1; ; asked++) {
      String text = model.complete(request).text();
      Optional<JudgeAnswer> answer = JudgeAnswer.in(text);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (asked == ANSWERS_ASKED) {
        throw new ModelException(
            ModelException.Kind.MALFORMED_ANSWER,
            "the judge gave no readable score in %d answers; the last: %s"
                .formatted(ANSWERS_ASKED, Excerpt.quoted(text)));
      }
      request = corrected(request, text);
    }
  }

  private static ChatRequest corrected(ChatRequest request, String malformed) {
    ChatRequest next = new ChatRequest(request.role(), request.body().deepCopy());
    ArrayNode messages = next.body().withArray("messages");
    if (!malformed.isBlank()) {
      messages.addObject().put("role", "assistant").put("content", malformed);
    }
    messages.addObject().put("role", "user").put("content", JudgePrompt.CORRECTION);
    return next;
  }

  private record Judged(String input, @Nullable Expected expected, String output) {}
}
