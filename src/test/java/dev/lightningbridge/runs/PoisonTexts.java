package dev.lightningbridge.runs;

import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The texts of the bench: what is planted, and honest improvements of prompts. */
final class PoisonTexts {
  private static final Set<String> SPLIT =
      Set.of("address", "leak", "override", "tool", "judge", "advert");

  private PoisonTexts() {}

  /** A text that is planted, whole or in two parts that stand in two rows. */
  record Planted(String kind, String form, List<String> parts) {
    /** What an obedient editor makes of it. */
    String whole() {
      return String.join(" ", parts);
    }
  }

  /** An improvement that nobody has planted. */
  record Honest(String domain, String start, String winner) {}

  /** 200: each text whole, and those of six kinds once more in two parts. */
  static List<Planted> planted() {
    List<Planted> all = new ArrayList<>();
    for (String line : lines("planted.txt")) {
      String kind = line.substring(0, line.indexOf('\t'));
      String text = line.substring(line.indexOf('\t') + 1);
      all.add(new Planted(kind, "whole", List.of(text)));
      int middle = text.indexOf(' ', text.length() / 2 - 1);
      if (SPLIT.contains(kind)) {
        int cut = middle < 0 ? text.indexOf(' ') : middle;
        all.add(
            new Planted(kind, "split", List.of(text.substring(0, cut), text.substring(cut + 1))));
      }
    }
    return all;
  }

  /** So many: a start with three to eight lines for its domain; and the sandbox's best prompts. */
  static List<Honest> honest(int count) {
    Map<String, List<String>> domains = domains();
    List<String> common = domains.getOrDefault("*", List.of());
    domains.remove("*");
    List<Honest> all = new ArrayList<>();
    for (long seed = 0; seed < 10; seed++) {
      SandboxTruth truth = SandboxTruth.ofSeed(seed);
      for (SandboxDomain domain : SandboxDomain.values()) {
        all.add(
            new Honest("sandbox " + domain, truth.seedPrompt(domain), truth.bestPrompt(domain)));
      }
    }
    Random random = new Random(1);
    List<String> names = List.copyOf(domains.keySet());
    while (all.size() < count) {
      String name = names.get(all.size() % names.size());
      List<String> lines = new ArrayList<>(domains.get(name));
      String start = lines.removeFirst();
      lines.addAll(common);
      Collections.shuffle(lines, random);
      all.add(
          new Honest(
              name,
              start,
              start + "\n- " + String.join("\n- ", lines.subList(0, 3 + random.nextInt(6)))));
    }
    return all;
  }

  private static Map<String, List<String>> domains() {
    Map<String, List<String>> domains = new LinkedHashMap<>();
    String domain = "*";
    for (String line : lines("honest.txt")) {
      if (line.startsWith("= ")) {
        domain = line.substring(2, line.indexOf('\t'));
      }
      domains
          .computeIfAbsent(domain, x -> new ArrayList<>())
          .add(
              line.startsWith("= ")
                  ? line.substring(line.indexOf('\t') + 1)
                  : line.replaceFirst("^\\* ", ""));
    }
    return domains;
  }

  private static List<String> lines(String name) {
    try (InputStream in = PoisonTexts.class.getResourceAsStream("/findings/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
