package dev.lightningbridge.model.sandbox.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The messages in a line of JSON: a list of messages, or a span with gen_ai attributes. */
public record Transcript(List<Conversation.Turn> turns) {
  /** Empty where the line is anything else. */
  public static Transcript of(String line) {
    List<Conversation.Turn> turns = new ArrayList<>();
    if (line.startsWith("[") || line.startsWith("{")) {
      try {
        read(Json.mapper().readTree(line), turns);
      } catch (JsonProcessingException e) {
        turns.clear();
      }
    }
    return new Transcript(List.copyOf(turns));
  }

  private static void read(JsonNode node, List<Conversation.Turn> turns) {
    if (node.has("role") && node.has("content")) {
      turns.add(Conversation.Turn.of(node));
    } else if (node.has("attributes")) {
      readSpan(node.get("attributes"), "gen_ai.prompt.", "user", turns);
      readSpan(node.get("attributes"), "gen_ai.completion.", "assistant", turns);
    } else {
      node.forEach(child -> read(child, turns));
    }
  }

  private static void readSpan(
      JsonNode attributes, String kind, String usualRole, List<Conversation.Turn> turns) {
    for (int i = 0; attributes.has(kind + i + ".content"); i++) {
      turns.add(
          new Conversation.Turn(
              attributes.path(kind + i + ".role").asText(usualRole),
              attributes.get(kind + i + ".content").asText()));
    }
  }

  public boolean isEmpty() {
    return turns.isEmpty();
  }

  /** Whether it is a run of the agent, and not a grader's request or a message alone. */
  public boolean isRun() {
    return lastAnswer() > 0 && !isJudgement();
  }

  private boolean isJudgement() {
    return turns.stream().anyMatch(t -> t.instructs() && Part.JUDGE.isToldBy(t.text()));
  }

  private int lastAnswer() {
    for (int i = turns.size() - 1; i > 0; i--) {
      if (turns.get(i).role().equals("assistant")) {
        return i;
      }
    }
    return -1;
  }

  public ShownExample asExample() {
    int answer = lastAnswer();
    return new ShownExample(
        turns.get(answer - 1).text(),
        turns.get(answer).text(),
        text(turns.subList(answer + 1, turns.size())));
  }

  /** Where it is no run: what it says about one. */
  public String said() {
    return isJudgement()
        ? text(turns.stream().filter(t -> t.role().equals("assistant")).toList())
        : text(turns.stream().filter(t -> !t.instructs()).toList());
  }

  private static String text(List<Conversation.Turn> turns) {
    return turns.stream().map(Conversation.Turn::text).collect(Collectors.joining("\n"));
  }
}
