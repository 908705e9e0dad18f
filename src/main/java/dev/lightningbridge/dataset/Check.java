package dev.lightningbridge.dataset;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A condition on an output, part of a task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(Check.Contains.class),
  @JsonSubTypes.Type(Check.Matches.class),
  @JsonSubTypes.Type(Check.JsonField.class)
})
public sealed interface Check {
  /** The output holds the text, case ignored. */
  record Contains(String text) implements Check {}

  /** The output holds a match of the regular expression. */
  record Matches(String regex) implements Check {}

  /**
   * The output is a JSON object whose member at the path (names joined by dots) equals the JSON.
   */
  record JsonField(String path, String json) implements Check {}
}
