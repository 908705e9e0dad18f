package dev.lightningbridge.demo;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The agents of the sample's sessions, played by the sandbox: their answers and their evolution.
 */
final class SampleAgents {
  private final ChatModel sandbox;

  SampleAgents(ChatModel sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * @param again how often the same was asked before
   */
  String answer(SampleLineage.Version version, String input, int again) {
    return ask(
        ChatRequest.of(
                ModelRole.WORKER, "sandbox-worker", version.prompt(), input, version.temperature())
            .withOrdinal(again));
  }

  /** The lineage's next prompt, by what the person said or, where nothing, by the last output. */
  String evolved(SampleLineage lineage) {
    SampleLineage.Artifact latest = lineage.latest;
    List<String> said = new ArrayList<>(lineage.sticky);
    said.addAll(lineage.oneShot);
    if (latest != null && latest.comment() != null) {
      said.add(latest.comment());
    }
    String prompt = lineage.version.prompt();
    return said.isEmpty() && latest != null
        ? edited("sandbox-careful-editor", prompt, critique(prompt, latest))
        : edited(
            "sandbox-editor",
            prompt,
            said.stream().map(s -> "- " + s).collect(Collectors.joining("\n")));
  }

  private String edited(String editor, String prompt, String critique) {
    return ask(
        ChatRequest.of(
            ModelRole.EDITOR,
            editor,
            "",
            "# Prompt\n\n" + prompt + "\n\n# Critique\n\n" + critique,
            1));
  }

  private String critique(String prompt, SampleLineage.Artifact latest) {
    String run =
        Json.write(
            List.of(
                new Message("user", latest.input()), new Message("assistant", latest.output())));
    String score = latest.score() == null ? "" : "Score: " + latest.score() + "\n\n";
    return ask(
        ChatRequest.of(
            ModelRole.CRITIC,
            "sandbox-critic",
            "",
            "# Prompt\n\n" + prompt + "\n\n# Sample Runs\n\n## Run 1\n\n" + score + run,
            1));
  }

  private String ask(ChatRequest request) {
    try {
      return sandbox.complete(request).text();
    } catch (ModelException e) {
      throw new IllegalStateException("the sandbox has an answer to everything", e);
    }
  }
}
