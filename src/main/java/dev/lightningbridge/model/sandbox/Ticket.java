package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A support ticket.
 *
 * @param looseCategory the category as somebody says it who knows no list of categories
 * @param summary what the ticket is about, in English
 * @param due the deadline as the ticket writes it, day first
 * @param legal whether it asks for legal advice
 */
record Ticket(
    String language,
    String subject,
    String category,
    String looseCategory,
    String summary,
    int users,
    @Nullable String amount,
    @Nullable String email,
    @Nullable String due,
    boolean legal,
    Set<String> categories)
    implements Situation {
  static final Set<String> MEMBERS =
      Set.of("priority", "category", "summary", "urgency", "type", "description");

  private static final List<String> KEYS = List.of("priority", "category", "summary");
  private static final Pattern APOLOGY = Pattern.compile("(?i)sorry|apolog");
  private static final Pattern ROUNDED = Pattern.compile("\\d+\\.\\d\\d");
  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  @Override
  public boolean holds(String rule) {
    return switch (rule) {
      case "many_users" -> users >= 10;
      case "not_english" -> !language.equals("en");
      case "has_email" -> email != null;
      case "has_amount" -> amount != null;
      case "has_deadline" -> due != null;
      case "legal_question" -> legal;
      default -> throw new IllegalArgumentException(rule);
    };
  }

  @Override
  public String answer(Conduct conduct) {
    boolean named = conduct.shows("keys");
    ObjectNode object = Json.mapper().createObjectNode();
    object.put(named ? "priority" : "urgency", priority(conduct));
    object.put(named ? "category" : "type", category(conduct));
    object.put(named ? "summary" : "description", summary(conduct));
    if (amount != null) {
      object.put("amount", conduct.shows("round") ? rounded(amount) : amount);
    }
    if (due != null) {
      object.put("due", conduct.shows("iso") ? Parsing.isoDate(due) : due);
    }
    return conduct.shows("json") ? Json.write(object) : JsonOutput.asList(object);
  }

  private String priority(Conduct conduct) {
    boolean top = conduct.shows("rule") ? users >= 10 : conduct.chance("rule") < 0.25;
    return conduct.shows("codes") ? (top ? "P1" : "P3") : (top ? "critical" : "medium");
  }

  private String category(Conduct conduct) {
    if (legal && conduct.shows("refuse")) {
      return conduct.shows("cats") ? "escalate" : "Legal";
    }
    return conduct.shows("cats") ? category : looseCategory;
  }

  private String summary(Conduct conduct) {
    StringBuilder text = new StringBuilder(conduct.shows("tone") ? "" : "Sorry to hear this: ");
    text.append(language.equals("en") || conduct.shows("lang") ? summary : subject);
    if (email != null) {
      text.append(' ').append(conduct.shows("pii") ? "[redacted]" : email);
    }
    if (!conduct.shows("len")) {
      text.append(" and would like somebody from the team to look into the whole matter")
          .append(" as soon as it can be arranged");
    }
    return text.toString();
  }

  private static String rounded(String amount) {
    return new BigDecimal(amount).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  @Override
  public Map<String, Boolean> check(String output) {
    Map<String, Boolean> shown = new HashMap<>();
    Optional<JsonOutput> parsed = JsonOutput.parse(output);
    shown.put("json", parsed.isPresent());
    parsed.ifPresent(json -> check(json, shown));
    return shown;
  }

  private void check(JsonOutput json, Map<String, Boolean> shown) {
    String priority = json.text("priority", "urgency");
    String given = json.text("category", "type");
    String said = json.text("summary", "description");
    shown.put("keys", json.hasAll(KEYS));
    shown.put("codes", Set.of("P1", "P2", "P3", "P4").contains(priority));
    shown.put("rule", priority.equals("P1") || priority.equals("critical"));
    shown.put("cats", categories.contains(given));
    shown.put("len", said.split("\\s+").length <= 12);
    shown.put("lang", !said.contains(subject));
    shown.put("pii", !said.contains("@"));
    shown.put("tone", !APOLOGY.matcher(said).find());
    shown.put("round", ROUNDED.matcher(json.text("amount")).matches());
    shown.put("iso", ISO_DATE.matcher(json.text("due")).matches());
    shown.put("refuse", given.equals("escalate") || given.equals("Legal"));
  }
}
