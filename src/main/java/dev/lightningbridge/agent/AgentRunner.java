package dev.lightningbridge.agent;

import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import java.util.List;

/** Runs an agent with a prompt on a task. Thread-safe. */
public interface AgentRunner {
  /**
   * @param prompt the prompt tried, used verbatim: nothing in it is rendered
   * @throws ModelException where a model gave no answer; see {@link
   *     ModelException.Kind#agentsFault}
   * @throws AgentException where a program of the user's gave no output
   */
  Output run(String prompt, Task task) throws ModelException, AgentException;

  /**
   * What the run said.
   *
   * @param messages the whole conversation, the output last
   * @param cutOff whether a limit of tokens ended the text
   */
  record Output(List<Message> messages, String text, boolean cutOff) {
    /** A whole one. */
    public Output(List<Message> messages, String text) {
      this(messages, text, false);
    }
  }
}
