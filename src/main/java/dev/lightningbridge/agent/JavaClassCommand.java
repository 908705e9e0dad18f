package dev.lightningbridge.agent;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskJson;
import dev.lightningbridge.model.ModelEndpoint;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An agent's Java class as a command, for where rollouts are processes of their own: the input on
 * standard input, the output on standard output.
 */
public final class JavaClassCommand {
  private JavaClassCommand() {}

  /** The command that runs the class in a JVM of its own. */
  public static AgentChoice.Command of(AgentChoice.JavaClass agent) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JavaClassCommand.class.getName(),
                String.valueOf(agent.timeoutSeconds()),
                agent.name()));
    words.addAll(agent.path());
    return new AgentChoice.Command(
        List.copyOf(words), Path.of("").toAbsolutePath(), agent.timeoutSeconds());
  }

  private static Task task(String given, String form) throws TaskJson.Invalid {
    return form.equals("text")
        ? new Task("task", given, null, List.of(), null, TaskSource.PROVIDED)
        : TaskJson.read("{\"id\":\"task\",\"input\":" + given + "}");
  }

  /** Seconds, class, class path. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    // What the class prints by the way is no part of its output.
    System.setOut(System.err);
    ClassAgent agent =
        ClassAgent.of(
            new AgentChoice.JavaClass(
                arguments[1],
                Arrays.asList(arguments).subList(2, arguments.length),
                Integer.parseInt(arguments[0])));
    Map<String, String> variables = System.getenv();
    String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    String output =
        agent.answer(
            variables.getOrDefault(AgentProgram.PROMPT, ""),
            task(input, variables.getOrDefault(AgentProgram.INPUT, "text")),
            new ModelEndpoint(
                URI.create(variables.getOrDefault("OPENAI_BASE_URL", "")),
                variables.getOrDefault("OPENAI_API_KEY", "")),
            new Cancellation());
    out.write(output.getBytes(StandardCharsets.UTF_8));
    out.flush();
    System.exit(0);
  }
}
