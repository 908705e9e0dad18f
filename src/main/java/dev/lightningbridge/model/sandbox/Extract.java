package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Invoices and credit notes, whose data are to be extracted as a JSON object. */
final class Extract extends KnownDomain {
  private static final String END = "End of document.";
  private static final Pattern SUPPLIER = Pattern.compile("Supplier: ([^\\n]+)");
  private static final Pattern ISSUED = Pattern.compile("Issued: ([\\d.]+)");
  private static final Pattern DUE = Pattern.compile("Due: ([\\d.]+)");
  private static final Pattern VAT = Pattern.compile("VAT ID: ([^\\n]+)");
  private static final Pattern TOTAL = Pattern.compile("Total: (\\d+) (\\d+),(\\d+) (\\S+)");

  private final Map<String, String> currencies = new TreeMap<>();

  Extract(long seed) {
    super(SkillTable.load("extract"), seed, Pattern.compile("Document no\\. (\\d+)"), END);
    table()
        .vocabulary()
        .required("currencies")
        .properties()
        .forEach(c -> currencies.put(c.getKey(), c.getValue().asText()));
  }

  @Override
  Situation read(String input) {
    Optional<MatchResult> total = Parsing.match(TOTAL, input);
    String printed = total.map(m -> m.group(4)).orElse("€");
    return new Invoice(
        Parsing.group(SUPPLIER, input).orElse(""),
        Parsing.group(ISSUED, input).orElse(""),
        Parsing.group(DUE, input).orElse(null),
        Parsing.group(VAT, input).orElse(""),
        total.map(m -> m.group(1)).orElse("1"),
        total.map(m -> m.group(2)).orElse("000"),
        total.map(m -> m.group(3)).orElse("000"),
        printed,
        currencies.getOrDefault(printed, printed),
        input.contains("Type: credit note"),
        input.contains("Paid: yes"));
  }

  @Override
  Optional<String> outputIn(String text) {
    return JsonOutput.in(text, Invoice.MEMBERS);
  }

  @Override
  String newInput(SplittableRandom random, int number) {
    List<String> lines = new ArrayList<>();
    lines.add("Document no. " + (50_000 + number));
    lines.add("Type: " + (random.nextDouble() < 0.3 ? "credit note" : "invoice"));
    lines.add("Supplier: " + oneOf("suppliers", random));
    lines.add("Issued: " + day(random));
    if (random.nextDouble() < 0.6) {
      lines.add("Due: " + day(random));
    }
    lines.add("VAT ID: " + oneOf("vatNumbers", random));
    List<String> printed = List.copyOf(currencies.keySet());
    lines.add(
        "Total: %d %03d,%d %s"
            .formatted(
                random.nextInt(1, 99),
                random.nextInt(1000),
                random.nextInt(100, 1000),
                printed.get(random.nextInt(printed.size()))));
    lines.add("Paid: " + (random.nextBoolean() ? "yes" : "no"));
    lines.add(END);
    return String.join("\n", lines);
  }

  private String oneOf(String name, SplittableRandom random) {
    JsonNode list = table().vocabulary().required(name);
    return list.get(random.nextInt(list.size())).asText();
  }

  private static String day(SplittableRandom random) {
    return "%d.%d.2026".formatted(random.nextInt(1, 29), random.nextInt(1, 13));
  }
}
