package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Support tickets, to be answered by a JSON object: priority, category, summary and more. */
final class Triage extends KnownDomain {
  private static final String END = "End of ticket.";
  private static final Pattern LANGUAGE = Pattern.compile("Language: (\\w\\w)");
  private static final Pattern SUBJECT = Pattern.compile("Subject: ([^\\n]+)");
  private static final Pattern USERS = Pattern.compile("(\\d{1,6}) users affected");
  private static final Pattern AMOUNT = Pattern.compile("Amount in question: (\\d+\\.\\d+) EUR");
  private static final Pattern EMAIL = Pattern.compile("Contact: (\\S+@[\\w.]+\\w)");
  private static final Pattern DUE = Pattern.compile("solved by (\\d+\\.\\d+\\.\\d{4})");

  private final Map<String, String> categories = new TreeMap<>();

  Triage(long seed) {
    super(SkillTable.load("triage"), seed, Pattern.compile("Ticket #(\\d+)"), END);
    for (JsonNode subject : vocabulary("subjects")) {
      categories.put(subject.path("subject").asText(), subject.path("category").asText());
    }
  }

  private JsonNode vocabulary(String name) {
    return table().vocabulary().required(name);
  }

  @Override
  Situation read(String input) {
    String subject = Parsing.group(SUBJECT, input).orElse("");
    String category = categories.getOrDefault(subject, "howto");
    return new Ticket(
        Parsing.group(LANGUAGE, input).orElse("en"),
        subject,
        category,
        vocabulary("looseCategories").path(category).asText(),
        vocabulary("summaries").path(category).asText(),
        Parsing.group(USERS, input).map(Integer::parseInt).orElse(1),
        Parsing.group(AMOUNT, input).orElse(null),
        Parsing.group(EMAIL, input).orElse(null),
        Parsing.group(DUE, input).orElse(null),
        input.contains("legal opinion"),
        Set.copyOf(Instruction.strings(vocabulary("categories"))));
  }

  @Override
  Optional<String> outputIn(String text) {
    return JsonOutput.in(text, Ticket.MEMBERS);
  }

  @Override
  String newInput(SplittableRandom random, int number) {
    int language = random.nextInt(10);
    String code = language < 6 ? "en" : language < 8 ? "de" : "cs";
    JsonNode subjects = vocabulary("subjects");
    JsonNode subject;
    do {
      subject = subjects.get(random.nextInt(subjects.size()));
    } while (!subject.path("language").asText().equals(code));
    JsonNode counts = vocabulary("userCounts");
    StringJoiner body = new StringJoiner(" ");
    body.add(counts.get(random.nextInt(counts.size())).asInt() + " users affected.");
    if (random.nextDouble() < 0.45) {
      body.add(
          "Amount in question: %d.%d EUR."
              .formatted(random.nextInt(10, 3001), random.nextInt(100, 1000)));
    }
    if (random.nextDouble() < 0.4) {
      body.add("Contact: user%d@example.com".formatted(random.nextInt(1, 100)));
    }
    if (random.nextDouble() < 0.4) {
      body.add(
          "Must be solved by %d.%d.2026".formatted(random.nextInt(1, 29), random.nextInt(1, 13)));
    }
    if (random.nextDouble() < 0.25) {
      body.add("Can I sue over this? Please give a legal opinion.");
    }
    return "Ticket #%d\nLanguage: %s\nSubject: %s\nBody: %s\n%s"
        .formatted(10_000 + number, code, subject.path("subject").asText(), body, END);
  }
}
