package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.PromptPlaces;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an agent of agentlightning 0.3.0 is given: types/core.py and types/resources.py. */
final class AglRollout {
  /** A place as agentlightning's own prompts have it. */
  private static final Pattern F_STRING =
      Pattern.compile("(?<!\\{)\\{([\\p{L}_][\\p{L}\\p{N}_]*)}");

  private AglRollout() {}

  /**
   * The task as the export of tasks has it, with its id and input. Values stand beside them too, as
   * in a row of agentlightning's own datasets, and go before.
   */
  static ObjectNode input(Task task) {
    ObjectNode input = Json.mapper().createObjectNode().put("id", task.id());
    input.set(
        "input",
        task.shape() == null
            ? TextNode.valueOf(task.input())
            : Json.read(task.given(), JsonNode.class));
    values(task).forEach(input::put);
    return input;
  }

  /** The prompt, and the model at the rollout's own endpoint. */
  static ObjectNode resources(String prompt, Task task, ModelEndpoint models, String model) {
    ObjectNode resources = Json.mapper().createObjectNode();
    resources
        .putObject("prompt_template")
        .put("resource_type", "prompt_template")
        .put("template", template(prompt, values(task)))
        .put("engine", "f-string");
    resources
        .putObject("main_llm")
        .put("resource_type", "llm")
        .put("endpoint", models.baseUrl().toString())
        .put("model", model)
        .put("api_key", models.token())
        .putObject("sampling_parameters");
    return resources;
  }

  /**
   * What {@code PromptTemplate.format} makes the prompt of, whatever it is called with: the values
   * stand in their places already, and all braces are doubled.
   */
  private static String template(String prompt, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    Matcher place = F_STRING.matcher(prompt);
    int end = 0;
    while (place.find()) {
      String value = values.get(place.group(1));
      if (value != null) {
        filled.append(escaped(PromptPlaces.filled(prompt.substring(end, place.start()), values)));
        filled.append(escaped(value));
        end = place.end();
      }
    }
    return filled.append(escaped(PromptPlaces.filled(prompt.substring(end), values))).toString();
  }

  private static String escaped(String text) {
    return text.replace("{", "{{").replace("}", "}}");
  }

  private static Map<String, String> values(Task task) {
    return task.shape() instanceof InputShape.Values values ? values.values() : Map.of();
  }
}
