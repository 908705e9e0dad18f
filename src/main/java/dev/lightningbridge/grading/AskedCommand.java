package dev.lightningbridge.grading;

import dev.lightningbridge.common.BoundedProcess;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.ProcessEnd;
import dev.lightningbridge.grading.GradingException.Kind;
import dev.lightningbridge.model.ModelException;
import java.time.Duration;
import java.util.Map;

/** A grader that is a program, started for each output. It gets none of this process's keys. */
record AskedCommand(
    ExternalGrader.Command grader, CleanEnvironment environment, Cancellation cancellation)
    implements Asked {
  @Override
  public String answer(String question)
      throws GradingException, ModelException, InterruptedException {
    ProcessEnd end =
        new BoundedProcess(
                grader.words(),
                grader.folder(),
                environment,
                Duration.ofSeconds(grader.timeoutSeconds()),
                MOST_BYTES)
            .run(question, Map.of(), cancellation);
    return switch (end) {
      case ProcessEnd.Exited exited when exited.status() == 0 -> exited.output();
      case ProcessEnd.Exited exited -> throw failed(Kind.GRADER_FAILED, exited);
      case ProcessEnd.TimedOut timedOut -> throw failed(Kind.GRADER_TIMED_OUT, timedOut);
      case ProcessEnd.TooMuchOutput much -> throw failed(Kind.GRADER_BAD_ANSWER, much);
      case ProcessEnd.NotStarted not -> throw failed(Kind.GRADER_NOT_STARTED, not);
      case ProcessEnd.Cancelled cancelled ->
          throw new ModelException(ModelException.Kind.CANCELLED, "Cancelled");
    };
  }

  private GradingException failed(Kind kind, ProcessEnd end) {
    return new GradingException(kind, "the grader \"%s\" %s".formatted(grader.name(), end.words()));
  }
}
