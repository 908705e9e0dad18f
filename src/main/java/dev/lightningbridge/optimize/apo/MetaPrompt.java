package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What critic or editor is asked, as a text file with places like {@code {{prompt}}}. What stands
 * before the line {@code === user ===} is the system message.
 *
 * @param system empty where there is none
 */
record MetaPrompt(String name, String system, String user) {
  /** Three ways to ask for a critique: what to change, what is missing, and a check of all. */
  static final List<MetaPrompt> CRITIQUES =
      List.of(load("critique-changes"), load("critique-gaps"), load("critique-review"));

  /** Two ways to ask for an edit: of everything in the critique, and of its main point only. */
  static final List<MetaPrompt> EDITS = List.of(load("edit-whole"), load("edit-one-point"));

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final String DIVIDER = "=== user ===\n";

  static MetaPrompt load(String name) {
    try (InputStream file = MetaPrompt.class.getResourceAsStream("/optimize/" + name + ".md")) {
      if (file == null) {
        throw new IllegalArgumentException("no such meta-prompt: " + name);
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      int divider = text.indexOf(DIVIDER);
      return divider < 0
          ? new MetaPrompt(name, "", text.strip())
          : new MetaPrompt(
              name,
              text.substring(0, divider).strip(),
              text.substring(divider + DIVIDER.length()).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The request with these texts from outside in its places, each as it is, in a fence. */
  ChatRequest fill(ModelRole role, double temperature, Map<String, Letter> texts) {
    String model = ModelNames.placeholder(role);
    return ChatRequest.of(role, model, filled(system, texts), filled(user, texts), temperature);
  }

  private static Letter filled(String template, Map<String, Letter> texts) {
    Letter letter = new Letter();
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      Letter text = texts.get(place.group(1));
      if (text == null) {
        throw new IllegalArgumentException("nothing for " + place.group());
      }
      letter.say(template.substring(end, place.start())).say(text);
      end = place.end();
    }
    return letter.say(template.substring(end));
  }
}
