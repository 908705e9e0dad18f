package dev.lightningbridge.agent;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lightningbridge.common.CommandWords;
import java.nio.file.Path;
import java.util.List;

/** Which agent is run on tasks. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AgentChoice.Prompt.class, name = "prompt"),
  @JsonSubTypes.Type(value = AgentChoice.Command.class, name = "command"),
  @JsonSubTypes.Type(value = AgentChoice.Http.class, name = "http"),
  @JsonSubTypes.Type(value = AgentChoice.JavaClass.class, name = "class"),
  @JsonSubTypes.Type(value = AgentChoice.Agl.class, name = "agl"),
  @JsonSubTypes.Type(value = AgentChoice.Kubernetes.class, name = "kubernetes")
})
public sealed interface AgentChoice {
  /** How long a rollout may take where nothing is said, in seconds. */
  int TIMEOUT_SECONDS = 600;

  /** As Training Camp: the system prompt, then the input. */
  record Prompt() implements AgentChoice {}

  /**
   * A program of the user's: the input on standard input, the output on standard output.
   *
   * @param folder where it is run
   * @param timeoutSeconds how long a rollout may take
   */
  record Command(List<String> words, Path folder, int timeoutSeconds) implements AgentChoice {
    /**
     * Of a text as it is given: a JSON array of words, or words parted by spaces.
     *
     * @throws IllegalArgumentException where it is none; its message says why
     */
    public static Command of(String text, int timeoutSeconds) {
      // Where the command was given, so that paths in it mean what they meant there.
      return new Command(CommandWords.of(text), Path.of("").toAbsolutePath(), timeoutSeconds);
    }
  }

  /** A service of the user's, which is told task, prompt and where the model is by POST. */
  record Http(String url, int timeoutSeconds) implements AgentChoice {}

  /**
   * An {@link AgentRunner} of the user's.
   *
   * @param name the class's
   * @param path jars, folders of classes, and {@code FOLDER/*} for all jars of a folder
   */
  record JavaClass(String name, List<String> path, int timeoutSeconds) implements AgentChoice {}

  /**
   * An agent of agentlightning, run by runners of its own that ask a server for work.
   *
   * @param name under which the server keeps its rollouts
   */
  record Agl(String name, int timeoutSeconds) implements AgentChoice {
    /** How such an agent is named among others. */
    public static final String PREFIX = "agl:";
  }

  /** Jobs on Kubernetes, made from a template; how they report rewards is theirs. Of RL alone. */
  record Kubernetes(Path jobTemplate) implements AgentChoice {}

  /** Whether it is the prompt and a model alone, and no program of the user's. */
  @JsonIgnore
  default boolean isPrompt() {
    return this instanceof Prompt;
  }

  /** Whether the trainer of reinforcement learning can start it. */
  @JsonIgnore
  default boolean isTrainable() {
    return !(this instanceof Agl);
  }

  /** What it is, to stand in a sentence. */
  default String inWords() {
    return switch (this) {
      case Prompt prompt -> "the prompt alone";
      case Command command ->
          "the agent's command \"%s\"".formatted(String.join(" ", command.words()));
      case Http http -> "the agent at " + http.url();
      case JavaClass javaClass -> "the agent's class " + javaClass.name();
      case Agl agl -> "agentlightning's agent " + agl.name();
      case Kubernetes kubernetes -> "the agent's job of " + kubernetes.jobTemplate();
    };
  }
}
