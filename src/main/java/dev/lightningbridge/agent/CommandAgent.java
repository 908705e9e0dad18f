package dev.lightningbridge.agent;

import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BoundedProcess;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.ProcessEnd;
import dev.lightningbridge.common.Programs;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.time.Duration;
import java.util.Map;

/**
 * A command: the input on standard input (a shape as JSON), the output on standard output, an
 * OpenAI client's usual variables in its environment. It gets none of this process's keys.
 */
final class CommandAgent implements AgentProgram {
  private final AgentChoice.Command command;
  private final CleanEnvironment environment;

  CommandAgent(AgentChoice.Command command, CleanEnvironment environment) {
    this.command = command;
    this.environment = environment;
  }

  /**
   * Looks whether there is such a program.
   *
   * @throws BridgeException LB-4101 where there is none
   */
  static void check(AgentChoice.Command command) {
    String program = command.words().getFirst();
    if (!Programs.has(program, command.folder())) {
      throw new BridgeException(
          AgentError.UNUSABLE,
          "there is no program %s that can be run".formatted(program),
          command.inWords() + " in " + command.folder(),
          "Give a program on the PATH or its path. No shell reads the command: a script of a"
              + " shell's is run by `sh FILE`.");
    }
  }

  @Override
  public String answer(String prompt, Task task, ModelEndpoint models, Cancellation cancellation)
      throws AgentException, InterruptedException {
    ProcessEnd end =
        new BoundedProcess(
                command.words(),
                command.folder(),
                environment.hiding(models.token()),
                Duration.ofSeconds(command.timeoutSeconds()),
                MOST_BYTES)
            .run(
                task.given(),
                Map.of(
                    PROMPT,
                    prompt,
                    INPUT,
                    task.form(),
                    "OPENAI_BASE_URL",
                    models.baseUrl().toString(),
                    "OPENAI_API_KEY",
                    models.token()),
                cancellation);
    return switch (end) {
      case ProcessEnd.Exited exited when exited.status() == 0 ->
          exited.output().replaceFirst("\\r?\\n\\z", "");
      case ProcessEnd.Exited exited -> throw failed(Kind.EXIT_STATUS, exited);
      case ProcessEnd.TimedOut timedOut -> throw failed(Kind.AGENT_TIMED_OUT, timedOut);
      case ProcessEnd.TooMuchOutput much -> throw failed(Kind.OUTPUT_TOO_LONG, much);
      case ProcessEnd.NotStarted not -> throw failed(Kind.AGENT_NOT_STARTED, not);
      case ProcessEnd.Cancelled cancelled -> throw new InterruptedException("cancelled");
    };
  }

  private AgentException failed(Kind kind, ProcessEnd end) {
    return new AgentException(kind, command.inWords() + " " + end.words());
  }
}
