package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** Why a text is no JSON, in the words of who wrote it. */
final class BadJson {
  private static final Pattern SINGLE_QUOTES = Pattern.compile("^[\\[{]\\s*'");
  private static final Pattern NOT_A_NUMBER =
      Pattern.compile("[:\\[,]\\s*-?(NaN|Infinity|None|True|False)\\b");
  private static final Pattern LAST_COMMA = Pattern.compile(",\\s*[}\\]]");

  private BadJson() {}

  static String words(String text, JsonProcessingException e) {
    if (SINGLE_QUOTES.matcher(text.strip()).find()) {
      return "no JSON: it has single quotes, as Python prints a value; write it by json.dumps";
    }
    var found = NOT_A_NUMBER.matcher(text);
    if (found.find()) {
      return "no JSON: it has %s; JSON has null, true and false".formatted(found.group(1));
    }
    if (LAST_COMMA.matcher(text).find()) {
      return "no JSON: a comma stands before a closing bracket";
    }
    return text.strip().startsWith("{") ? "no JSON: " + e.getOriginalMessage() : "no JSON object";
  }
}
