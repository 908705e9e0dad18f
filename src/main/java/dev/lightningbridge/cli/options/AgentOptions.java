package dev.lightningbridge.cli.options;

import dev.lightningbridge.agent.AgentChoice;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which agent is run on the tasks, where it is more than a prompt. */
public final class AgentOptions implements OptionSections.Headed {
  private static final int MOST_SECONDS = 86_400;

  @Option(
      names = "--agent",
      paramLabel = "agl:NAME",
      description =
          "Have runners of agentlightning run each task with their agent. They ask for work at"
              + " /agl/NAME of the server that has the same --home.")
  @Nullable String agent;

  @Option(
      names = "--agent-command",
      paramLabel = "COMMAND",
      description = {
        "Run this program on each task: the input on standard input, the output on standard output."
            + " It finds the prompt in LIGHTNING_BRIDGE_SYSTEM_PROMPT, and a model where"
            + " OPENAI_BASE_URL and OPENAI_API_KEY say.",
        "Words parted by spaces, or a JSON array of them."
      })
  @Nullable String command;

  @Option(
      names = "--agent-url",
      paramLabel = "URL",
      description =
          "Have this service run each task: it gets {task, input, system_prompt, base_url, api_key}"
              + " by POST and answers {output}.")
  @Nullable String url;

  @Option(
      names = "--agent-class",
      paramLabel = "NAME",
      description =
          "Run this Java class on each task: an AgentRunner of yours, found on --agent-path.")
  @Nullable String type;

  @Option(
      names = "--agent-path",
      paramLabel = "PATH",
      description = "With --agent-class: its jars and folders, or FOLDER/* for all jars of one.")
  @Nullable String path;

  @Option(
      names = "--agent-timeout",
      paramLabel = "SECONDS",
      description =
          "How long such an agent may take for a task (default: "
              + AgentChoice.TIMEOUT_SECONDS
              + ").")
  @Nullable Integer timeout;

  @Override
  public String heading() {
    return "Agent, where it is more than a prompt and a model";
  }

  public AgentChoice choice() {
    List<String> named = new ArrayList<>();
    addIfGiven(named, "--agent", agent);
    addIfGiven(named, "--agent-command", command);
    addIfGiven(named, "--agent-url", url);
    addIfGiven(named, "--agent-class", type);
    if (named.size() > 1) {
      throw CliError.option("one agent is wanted", String.join(", ", named));
    }
    int seconds = timeout == null ? AgentChoice.TIMEOUT_SECONDS : timeout;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw CliError.option("an agent may take 1 to 86400 seconds", "--agent-timeout");
    }
    if (agent != null) {
      return agl(agent, seconds);
    }
    if (command != null) {
      return command(command, seconds);
    }
    if (url != null) {
      return new AgentChoice.Http(url, seconds);
    }
    if (type != null) {
      return new AgentChoice.JavaClass(type, path(), seconds);
    }
    return new AgentChoice.Prompt();
  }

  private static void addIfGiven(List<String> named, String option, @Nullable String value) {
    if (value != null) {
      named.add(option);
    }
  }

  private static AgentChoice agl(String named, int seconds) {
    if (!named.startsWith(AgentChoice.Agl.PREFIX)) {
      throw CliError.option("an agent's name begins with " + AgentChoice.Agl.PREFIX, "--agent");
    }
    return new AgentChoice.Agl(named.substring(AgentChoice.Agl.PREFIX.length()), seconds);
  }

  private static AgentChoice command(String text, int seconds) {
    try {
      return AgentChoice.Command.of(text, seconds);
    } catch (IllegalArgumentException e) {
      throw CliError.option(String.valueOf(e.getMessage()), "--agent-command");
    }
  }

  /** As it is here, wherever the run is resumed. */
  private List<String> path() {
    if (path == null || path.isBlank()) {
      throw CliError.option("it was not said where the agent's class is", "--agent-path");
    }
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .filter(entry -> !entry.isBlank())
        .map(entry -> new File(entry).getAbsolutePath())
        .toList();
  }
}
