package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
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
 * An invoice or credit note. Its total reads {@code THOUSANDS HUNDREDS,FRACTION CURRENCY}.
 *
 * @param issued as the document writes it, day first
 * @param due as the document writes it; null where it has none
 * @param printedCurrency as the document writes it
 * @param currency its ISO 4217 code
 */
record Invoice(
    String supplier,
    String issued,
    @Nullable String due,
    String vat,
    String thousands,
    String hundreds,
    String fraction,
    String printedCurrency,
    String currency,
    boolean creditNote,
    boolean paid)
    implements Situation {
  static final Set<String> MEMBERS = Set.of("supplier", "vendor", "total", "sum");

  private static final List<String> KEYS =
      List.of("supplier", "issued", "due", "total", "currency", "vat_id");
  private static final List<String> LOOSE_KEYS =
      List.of("vendor", "date", "due", "sum", "currency", "vat");
  private static final Pattern LEGAL_FORM =
      Pattern.compile("\\s*,?\\s*(s\\.r\\.o\\.|a\\.s\\.|GmbH|Inc\\.|Ltd\\.?|S\\.A\\.)$");
  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern TWO_DECIMALS = Pattern.compile("[.,]\\d\\d$");
  private static final Pattern CURRENCY_CODE = Pattern.compile("[A-Z]{3}");

  @Override
  public boolean holds(String rule) {
    return switch (rule) {
      case "vat_has_spaces" -> vat.contains(" ");
      case "no_due_date" -> due == null;
      case "has_legal_form" -> LEGAL_FORM.matcher(supplier).find();
      case "credit_note" -> creditNote;
      default -> throw new IllegalArgumentException(rule);
    };
  }

  @Override
  public String answer(Conduct conduct) {
    List<String> keys = conduct.shows("keys") ? KEYS : LOOSE_KEYS;
    ObjectNode object = Json.mapper().createObjectNode();
    object.put(
        keys.get(0),
        conduct.shows("legal") ? LEGAL_FORM.matcher(supplier).replaceAll("") : supplier);
    object.put(keys.get(1), date(issued, conduct));
    String guessed = due != null || conduct.shows("null") ? due : "31.12.2026";
    object.put(keys.get(2), date(guessed, conduct));
    object.put(keys.get(3), total(conduct));
    object.put(keys.get(4), conduct.shows("cur") ? currency : printedCurrency);
    object.put(keys.get(5), conduct.shows("vat") ? vat.replace(" ", "") : vat);
    if (conduct.shows("paid")) {
      object.put("paid", paid);
    }
    return conduct.shows("json") ? Json.write(object) : JsonOutput.asList(object);
  }

  private static @Nullable String date(@Nullable String printed, Conduct conduct) {
    return conduct.shows("iso") ? Parsing.isoDate(printed) : printed;
  }

  private String total(Conduct conduct) {
    BigDecimal value = new BigDecimal(thousands + hundreds + "." + fraction);
    String text =
        value.setScale(conduct.shows("round") ? 2 : 3, RoundingMode.HALF_EVEN).toPlainString();
    if (!conduct.shows("num")) {
      text = thousands + " " + hundreds + "," + text.substring(text.indexOf('.') + 1);
    }
    return creditNote && conduct.shows("credit") ? "-" + text : text;
  }

  @Override
  public Map<String, Boolean> check(String output) {
    Map<String, Boolean> shown = new HashMap<>();
    Optional<JsonOutput> parsed = JsonOutput.parse(output);
    shown.put("json", parsed.isPresent());
    parsed.ifPresent(json -> check(json, shown));
    return shown;
  }

  private static void check(JsonOutput json, Map<String, Boolean> shown) {
    String total = json.text("total", "sum");
    JsonNode due = json.first("due");
    JsonNode paid = json.first("paid");
    shown.put("keys", json.hasAll(KEYS));
    shown.put("iso", ISO_DATE.matcher(json.text("issued", "date")).matches());
    shown.put("num", PLAIN_NUMBER.matcher(total).matches());
    shown.put("round", TWO_DECIMALS.matcher(total).find());
    shown.put("cur", CURRENCY_CODE.matcher(json.text("currency")).matches());
    shown.put("vat", !json.text("vat_id", "vat").contains(" "));
    shown.put("null", due != null && due.isNull());
    shown.put("legal", !LEGAL_FORM.matcher(json.text("supplier", "vendor")).find());
    shown.put("credit", total.startsWith("-"));
    shown.put("paid", paid != null && paid.isBoolean());
  }
}
